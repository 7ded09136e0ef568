using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Snapshots;

namespace Plenum.Kernel.Organisation;

/// <summary>Closes units and merges them. What they wrote stays; their addresses lead on.</summary>
public sealed class UnitEndings(PlenumDb db, Access access, Audit.Audit audit, Outbox.Outbox outbox, TimeProvider clock)
{
    private readonly UnitPlacement _placement = new(db, outbox);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Ends a unit, its offices and the grants on it. Needs <see cref="KernelPermissions.EditUnits"/> on its parent.</summary>
    /// <exception cref="RuleException">It is the root, or open units lie below it.</exception>
    public async Task CloseAsync(Viewer viewer, OrgUnitId id, CancellationToken cancellation)
    {
        var unit = await FindAsync(id, cancellation);
        await access.DemandAsync(viewer, KernelPermissions.EditUnits, unit.ParentId ?? id, cancellation);
        if (await db.Set<OrgUnit>().AnyAsync(u => u.ParentId == id && u.ClosedAt == null, cancellation))
        {
            throw new RuleException("units.has-open-below", unit.Name);
        }

        if (unit.IsClosed)
        {
            return; // A second click changes nothing.
        }

        unit.Close(Now);
        await EndOfficesAndGrantsAsync(unit, cancellation);
        outbox.Add(db, new UnitClosed(id));
        audit.Record(db, viewer.Account, "units.close", UnitService.Subject(unit), id, unit.Path);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>
    /// Lets a unit go into another: members, groups and the units below it move over; offices and grants end; its pages and addresses lead
    /// to the other. Needs <see cref="KernelPermissions.EditUnits"/> on its parent and on the other.
    /// </summary>
    /// <exception cref="RuleException">The other is closed, or lies below the unit.</exception>
    public async Task MergeAsync(Viewer viewer, OrgUnitId id, OrgUnitId into, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (unit, other) = (await FindAsync(id, cancellation), await FindAsync(into, cancellation));
        await access.DemandAsync(viewer, KernelPermissions.EditUnits, unit.ParentId ?? id, cancellation);
        await access.DemandAsync(viewer, KernelPermissions.EditUnits, into, cancellation);
        if (unit.IsClosed)
        {
            throw new RuleException("units.closed", unit.Name);
        }

        unit.MergeInto(other, Now);
        await EndOfficesAndGrantsAsync(unit, cancellation);
        await db.SaveChangesAsync(cancellation);
        await MoveChildrenAsync(unit, other, cancellation);
        await MovePeopleAsync(id, into, cancellation);
        outbox.Add(db, new UnitMerged(id, into));
        audit.Record(db, viewer.Account, "units.merge", UnitService.Subject(unit), id, $"{unit.Path} -> {other.Path}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private async Task<OrgUnit> FindAsync(OrgUnitId id, CancellationToken cancellation)
        => await db.Set<OrgUnit>().SingleOrDefaultAsync(u => u.Id == id, cancellation) ?? throw new RuleException("units.unknown");

    private async Task EndOfficesAndGrantsAsync(OrgUnit unit, CancellationToken cancellation)
    {
        var (id, now) = (unit.Id, Now);
        foreach (var office in await db.Set<Office>().Include(o => o.Terms).Where(o => o.UnitId == id && o.AbolishedAt == null).ToListAsync(cancellation))
        {
            office.Abolish(now);
        }

        foreach (var grant in await db.Set<Grant>().Where(g => g.UnitId == id && (g.Until == null || g.Until > now)).ToListAsync(cancellation))
        {
            grant.Revoke(now);
        }
    }

    private async Task MoveChildrenAsync(OrgUnit unit, OrgUnit other, CancellationToken cancellation)
    {
        foreach (var child in await db.Set<OrgUnit>().Where(u => u.ParentId == unit.Id).OrderBy(u => u.Path).ToListAsync(cancellation))
        {
            child.MoveBelow(other);
            child.Rename(child.Name, await FreeSlugAsync(child, other, cancellation));
            await _placement.TakePlaceAsync(child, other, cancellation);
        }
    }

    // Two districts that merge may both have a "jugend": the one that comes gets the next free number.
    private async Task<Slug> FreeSlugAsync(OrgUnit child, OrgUnit other, CancellationToken cancellation)
    {
        var taken = await db.Set<OrgUnit>().Where(u => u.ParentId == other.Id && u.Id != child.Id).Select(u => u.Slug).ToListAsync(cancellation);
        var slug = child.Slug;
        for (var number = 2; taken.Contains(slug); number++)
        {
            var ending = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"-{number}");
            slug = child.Slug[..Math.Min(child.Slug.Length, Slug.MaxLength - ending.Length)].TrimEnd('-') + ending;
        }

        return Slug.Parse(slug);
    }

    private async Task MovePeopleAsync(OrgUnitId id, OrgUnitId into, CancellationToken cancellation)
    {
        var (from, to) = (id.Value, into.Value);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO kernel_membership (account_id, unit_id, since, entitled_to_vote_since)
             SELECT account_id, {to}, since, entitled_to_vote_since FROM kernel_membership WHERE unit_id = {from}
             ON CONFLICT (account_id, unit_id) DO NOTHING
             """,
            cancellation);
        await db.Set<MembershipFact>().Where(m => m.UnitId == id).ExecuteDeleteAsync(cancellation);
        await db.Set<Group>().Where(g => g.UnitId == id).ExecuteUpdateAsync(g => g.SetProperty(x => x.UnitId, into), cancellation);
        await db.TouchAsync(Stamp.Accounts, cancellation);
    }
}
