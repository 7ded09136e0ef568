using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Site.Domain;

namespace Plenum.Site.Legal;

/// <param name="Owner">The unit whose text it is: the asked one or the nearest above.</param>
public sealed record ShownLegalText(UnitNode Owner, string Text, DateTime ChangedAt);

/// <summary>Imprint, privacy statement and declaration of accessibility of the units. Reading is public; the office of a unit writes.</summary>
public sealed class LegalTexts(PlenumDb db, Access access, Audit audit, TimeProvider clock)
{
    /// <returns>Null if neither the unit nor any above it has such a text.</returns>
    public async Task<ShownLegalText?> FindAsync(UnitNode unit, LegalKind kind, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(unit);
        var path = unit.SelfAndAncestors().ToList();
        var ids = path.Select(u => u.Id).ToArray();
        var texts = await db.Set<LegalText>().AsNoTracking().Where(t => t.Kind == kind && ids.Contains(t.UnitId)).ToListAsync(cancellation);
        return path.Select(u => (Unit: u, Text: texts.Find(t => t.UnitId == u.Id))).FirstOrDefault(found => found.Text is not null) is { Text: { } text, Unit: { } owner }
            ? new(owner, text.Text, text.ChangedAt)
            : null;
    }

    /// <summary>What the unit itself wrote; empty if nothing.</summary>
    public async Task<string> OwnAsync(OrgUnitId unit, LegalKind kind, CancellationToken cancellation)
        => await db.Set<LegalText>().Where(t => t.UnitId == unit && t.Kind == kind).Select(t => t.Text).SingleOrDefaultAsync(cancellation) ?? "";

    /// <summary>Writes the unit's own text; an empty one removes it, so that the text above counts again.</summary>
    /// <exception cref="Kernel.DeniedException">The viewer may not edit the unit.</exception>
    /// <exception cref="Kernel.RuleException">The text is too long.</exception>
    public async Task WriteAsync(Viewer viewer, OrgUnitId unit, LegalKind kind, string text, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        await access.DemandAsync(viewer, KernelPermissions.EditUnits, unit, cancellation);
        var known = await db.Set<LegalText>().SingleOrDefaultAsync(t => t.UnitId == unit && t.Kind == kind, cancellation);
        if (string.IsNullOrWhiteSpace(text))
        {
            if (known is not null)
            {
                db.Remove(known);
            }
        }
        else
        {
            known ??= db.Add(new LegalText(unit, kind)).Entity;
            known.Write(text, viewer.Account, clock.GetUtcNow().UtcDateTime);
        }

        audit.Record(db, viewer.Account, "site.write-legal-text", $"unit:{unit}", unit, kind.ToString());
        await db.SaveChangesAsync(cancellation);
    }
}
