using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Cli;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;

namespace Plenum.Kernel.Organisation.Import;

/// <summary>A line of the file that was not taken.</summary>
public sealed record ImportFault(int Line, string Why);

/// <summary>What an import did, or would do.</summary>
public sealed record UnitImportReport(int Added, int Changed, int Moved, int Unchanged, int Refused);

/// <summary>
/// Reads a tree of units from CSV, parents before children. Units are found again by their key, so an import that broke off is simply run
/// again, and a newer file brings the tree up to date; what the file does not name stays.
/// </summary>
/// <remarks>
/// Columns: key, parent_key, kind and name (also as ags, parent_ags, level); an empty parent_key hangs a unit below the place given to the
/// import. A kind is a name of <see cref="OrgUnitKind"/> or a level of the German administration.
/// </remarks>
public sealed class UnitImport(PlenumDb db, Audit.Audit audit, Outbox.Outbox outbox, Texts texts, TimeProvider clock)
{
    private const int BatchSize = 250; // One transaction: SQLite has one writer.
    private readonly UnitPlacement _placement = new(db, outbox);
    private int _added;
    private int _changed;
    private int _moved;
    private int _unchanged;
    private int _refused;

    /// <param name="rows">Records of the file.</param>
    /// <param name="below">Units without a parent hang here.</param>
    /// <param name="isDryRun">Find the faults and count, and write nothing.</param>
    /// <param name="onFault">Hears of each line that is not taken.</param>
    /// <param name="progress">Receives the number of lines done.</param>
    public async Task<UnitImportReport> RunAsync(
        IAsyncEnumerable<CsvRecord> rows, OrgUnit below, bool isDryRun, Action<ImportFault> onFault, IProgress<int>? progress, CancellationToken cancellation)
    {
        var planned = new PlannedUnits();
        var done = 0;
        await foreach (var batch in rows.Chunk(BatchSize).WithCancellation(cancellation))
        {
            if (isDryRun)
            {
                await PlanAsync(batch, below, planned, onFault, cancellation);
            }
            else
            {
                await TakeAsync(batch, below, onFault, cancellation);
            }

            progress?.Report(done += batch.Length);
        }

        var report = new UnitImportReport(_added, _changed, _moved, _unchanged, _refused);
        if (!isDryRun)
        {
            await _placement.ForgetReusedAsync(cancellation);
            audit.Record(db, null, "units.import", UnitService.Subject(below), below.Id, report.ToString());
            await db.SaveChangesAsync(cancellation);
        }

        return report;
    }

    private async Task TakeAsync(CsvRecord[] batch, OrgUnit below, Action<ImportFault> onFault, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.ChangeTracker.Clear();
        var known = await KnownAsync(batch, cancellation);
        var top = await db.Set<OrgUnit>().SingleAsync(u => u.Id == below.Id, cancellation);
        var taken = await PathsBelowAsync(known.Values.Append(top), cancellation);
        foreach (var record in batch)
        {
            try
            {
                var row = UnitRow.Read(record);
                var parent = row.ParentKey is null ? top : known.GetValueOrDefault(row.ParentKey) ?? throw new RuleException("units.import.no-parent", row.ParentKey);
                if (known.TryGetValue(row.Key, out var unit))
                {
                    await UpdateOrUndoAsync(unit, row, parent, cancellation);
                    taken.Add(unit.Path);
                    continue;
                }

                unit = NewUnit(row, parent, taken);
                db.Add(unit);
                taken.Add(unit.Path);
                known[row.Key] = unit;
                _added++;
            }
            catch (RuleException broken)
            {
                Refuse(record, broken, onFault);
            }
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    // A refused line leaves its unit as it was; the rest of the batch goes on.
    private async Task UpdateOrUndoAsync(OrgUnit unit, UnitRow row, OrgUnit parent, CancellationToken cancellation)
    {
        try
        {
            await UpdateAsync(unit, row, parent, cancellation);
        }
        catch (RuleException)
        {
            var entry = db.Entry(unit);
            entry.CurrentValues.SetValues(entry.OriginalValues);
            entry.State = EntityState.Unchanged;
            throw;
        }
    }

    private async Task UpdateAsync(OrgUnit unit, UnitRow row, OrgUnit parent, CancellationToken cancellation)
    {
        var isRenamed = unit.Name != row.Name || unit.Kind != row.Kind;
        if (isRenamed)
        {
            unit.Rename(row.Name, Slug.Parse(unit.Slug)); // The address stays.
            unit.Describe(row.Kind, unit.Description, unit.ContactAddress, unit.IsPrivate);
        }

        if (unit.ParentId != parent.Id)
        {
            await db.SaveChangesAsync(cancellation); // Its new parent may be of this batch.
            unit.MoveBelow(parent);
            await _placement.TakePlaceAsync(unit, parent, cancellation);
            _moved++;
        }
        else
        {
            _changed += isRenamed ? 1 : 0;
            _unchanged += isRenamed ? 0 : 1;
        }
    }

    private OrgUnit NewUnit(UnitRow row, OrgUnit parent, HashSet<string> taken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var slug in row.Slugs())
        {
            var unit = new OrgUnit(row.Kind, slug, row.Name, parent, now);
            if (!taken.Contains(unit.Path))
            {
                unit.KeepExternalKey(row.Key);
                return unit;
            }
        }

        throw new RuleException("units.slug-taken", row.Slugs().First().Value);
    }

    // One question for each batch, not one for each line.
    private async Task<HashSet<string>> PathsBelowAsync(IEnumerable<OrgUnit> parents, CancellationToken cancellation)
    {
        var ids = parents.Select(u => (Contracts.Organisation.OrgUnitId?)u.Id).ToList();
        return [.. await db.Set<OrgUnit>().Where(u => ids.Contains(u.ParentId)).Select(u => u.Path).ToListAsync(cancellation)];
    }

    private async Task PlanAsync(CsvRecord[] batch, OrgUnit below, PlannedUnits planned, Action<ImportFault> onFault, CancellationToken cancellation)
    {
        db.ChangeTracker.Clear();
        var known = await KnownAsync(batch, cancellation);
        foreach (var record in batch)
        {
            try
            {
                var row = UnitRow.Read(record);
                var parentDepth = row.ParentKey is null ? below.Depth
                    : planned.DepthOf(row.ParentKey) ?? known.GetValueOrDefault(row.ParentKey)?.Depth ?? throw new RuleException("units.import.no-parent", row.ParentKey);
                planned.Add(row.Key, parentDepth + 1);
                if (!known.TryGetValue(row.Key, out var unit))
                {
                    _added++;
                }
                else if (unit.ParentId != (row.ParentKey is null ? below.Id : known.GetValueOrDefault(row.ParentKey)?.Id))
                {
                    _moved++;
                }
                else
                {
                    var isRenamed = unit.Name != row.Name || unit.Kind != row.Kind;
                    _changed += isRenamed ? 1 : 0;
                    _unchanged += isRenamed ? 0 : 1;
                }
            }
            catch (RuleException broken)
            {
                Refuse(record, broken, onFault);
            }
        }
    }

    private async Task<Dictionary<string, OrgUnit>> KnownAsync(CsvRecord[] batch, CancellationToken cancellation)
    {
        var keys = batch.SelectMany(r => (string[])[UnitRow.KeyOf(r), UnitRow.ParentKeyOf(r)]).Where(k => k.Length > 0).Distinct().ToList();
        return await db.Set<OrgUnit>().Where(u => u.ExternalKey != null && keys.Contains(u.ExternalKey)).ToDictionaryAsync(u => u.ExternalKey!, StringComparer.Ordinal, cancellation);
    }

    private void Refuse(CsvRecord record, RuleException broken, Action<ImportFault> onFault)
    {
        _refused++;
        onFault(new(record.Line, texts.Of(broken)));
    }

    /// <summary>What a dry run has seen: the depth of each key, some dozen octets a line.</summary>
    private sealed class PlannedUnits
    {
        private readonly Dictionary<string, byte> _depths = new(StringComparer.Ordinal);

        public int? DepthOf(string key) => _depths.TryGetValue(key, out var depth) ? depth : null;

        public void Add(string key, int depth)
            => _depths[key] = depth <= OrgUnit.MaxDepth ? (byte)depth : throw new RuleException("units.too-deep", OrgUnit.MaxDepth);
    }
}
