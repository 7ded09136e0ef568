using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Orleans;
using Orleans.Runtime;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Live;

/// <summary>
/// The list of nodes in Plenum's own database. Every change takes the next version of the whole list in the same transaction; of two
/// changes at once one is told to look again.
/// </summary>
internal sealed class SiloTable(IDbContextFactory<PlenumDb> contexts) : IMembershipTable
{
    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        await using var db = await contexts.CreateDbContextAsync();
        _ = await VersionAsync(db); // The migration made it; an unreachable database shows here.
    }

    public async Task DeleteMembershipTableEntries(string clusterId)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await db.Set<SiloRow>().ExecuteDeleteAsync();
    }

    public async Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        var before = beforeDate.UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync();
        await db.Set<SiloRow>().Where(s => s.Status != SiloStatus.Active && s.AliveAt < before).ExecuteDeleteAsync();
    }

    public Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        var address = key.ToParsableString();
        return ReadAsync(silos => silos.Where(s => s.Address == address));
    }

    public Task<MembershipTableData> ReadAll() => ReadAsync(silos => silos);

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion)
        => ChangeAsync(tableVersion, async db =>
        {
            var row = SiloRow.Of(entry);
            if (await db.Set<SiloRow>().AnyAsync(s => s.Address == row.Address))
            {
                return false;
            }

            db.Add(row);
            return true;
        });

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
        => ChangeAsync(tableVersion, async db =>
        {
            var address = entry.SiloAddress.ToParsableString();
            if (await db.Set<SiloRow>().SingleOrDefaultAsync(s => s.Address == address) is not { } row)
            {
                return false;
            }

            row.Take(entry);
            return true;
        });

    public async Task UpdateIAmAlive(MembershipEntry entry)
    {
        var (address, alive) = (entry.SiloAddress.ToParsableString(), DateTime.SpecifyKind(entry.IAmAliveTime, DateTimeKind.Utc));
        await using var db = await contexts.CreateDbContextAsync();
        await db.Set<SiloRow>().Where(s => s.Address == address).ExecuteUpdateAsync(s => s.SetProperty(x => x.AliveAt, alive));
    }

    private async Task<MembershipTableData> ReadAsync(Func<IQueryable<SiloRow>, IQueryable<SiloRow>> which)
    {
        await using var db = await contexts.CreateDbContextAsync();

        // The version is read before the rows: a change in between makes the next write fail and look again.
        var version = await VersionAsync(db);
        var etag = version.ToString(CultureInfo.InvariantCulture);
        var rows = await which(db.Set<SiloRow>().AsNoTracking()).ToListAsync();
        return new([.. rows.Select(r => Tuple.Create(r.Entry(), etag))], new TableVersion(version, etag));
    }

    private async Task<bool> ChangeAsync(TableVersion next, Func<PlenumDb, Task<bool>> change)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var expected = next.Version - 1;
        var taken = await db.Set<SiloVersion>().Where(v => v.Id == 1 && v.Version == expected).ExecuteUpdateAsync(v => v.SetProperty(x => x.Version, next.Version));
        if (taken == 0 || !await change(db))
        {
            return false;
        }

        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return true;
    }

    private static Task<int> VersionAsync(PlenumDb db) => db.Set<SiloVersion>().Where(v => v.Id == 1).Select(v => v.Version).SingleAsync();
}
