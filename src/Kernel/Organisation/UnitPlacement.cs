using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;
using Plenum.Kernel.Snapshots;

namespace Plenum.Kernel.Organisation;

/// <summary>Gives units their paths: a whole subtree in a few statements, and every old path remembered.</summary>
internal sealed class UnitPlacement(PlenumDb db, Outbox.Outbox outbox)
{
    /// <summary>After a rename or a move: the unit and everything below it take their new paths. The caller holds the transaction.</summary>
    /// <param name="unit">Tracked by the context, with its new slug or parent; its path is still the old one.</param>
    /// <exception cref="RuleException">The address is taken, or something below would lie too deep or have too long a path.</exception>
    public async Task TakePlaceAsync(OrgUnit unit, OrgUnit parent, CancellationToken cancellation)
    {
        var (oldPath, oldDepth) = (unit.Path, unit.Depth);
        unit.TakePlaceBelow(parent);
        if (unit.Path == oldPath)
        {
            await db.SaveChangesAsync(cancellation);
            return;
        }

        await RequireFreeAsync(unit, cancellation);
        await RequireRoomAsync(oldPath, unit.Depth - oldDepth, unit.Path.Length - oldPath.Length, cancellation);
        await RememberAsync(oldPath, cancellation);
        await MoveBelowAsync(oldPath, unit.Path, unit.Depth - oldDepth, cancellation);
        outbox.Add(db, new UnitPathChanged(unit.Id, oldPath, unit.Path));
        await db.SaveChangesAsync(cancellation);
        await ForgetReusedAsync(cancellation);
        await db.TouchAsync(Stamp.Organisation, cancellation);
    }

    /// <summary>A path that is used again leads to its new owner.</summary>
    public Task ForgetReusedAsync(string path, CancellationToken cancellation)
        => db.Set<UnitRedirect>().Where(r => r.OldPath == path).ExecuteDeleteAsync(cancellation);

    /// <exception cref="RuleException">Another unit has the path, even a closed one: its old links must not lead to strangers.</exception>
    public async Task RequireFreeAsync(OrgUnit unit, CancellationToken cancellation)
    {
        if (await db.Set<OrgUnit>().AnyAsync(u => u.Path == unit.Path && u.Id != unit.Id, cancellation))
        {
            throw new RuleException("units.slug-taken", unit.Slug);
        }
    }

    private async Task RequireRoomAsync(string path, int deeper, int longer, CancellationToken cancellation)
    {
        var below = db.Set<OrgUnit>().Below(path, includingItself: false);
        if (deeper > 0 && await below.AnyAsync(u => u.Depth + deeper > OrgUnit.MaxDepth, cancellation))
        {
            throw new RuleException("units.too-deep", OrgUnit.MaxDepth);
        }

        if (longer > 0 && await below.AnyAsync(u => u.Path.Length + longer > OrgUnit.MaxPathLength, cancellation))
        {
            throw new RuleException("units.path-too-long", OrgUnit.MaxPathLength);
        }
    }

    private Task<int> RememberAsync(string path, CancellationToken cancellation)
    {
        var (from, until) = (path + "/", path + "0");
        return db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO kernel_unit_redirect (old_path, unit_id)
             SELECT path, id FROM kernel_unit WHERE path = {path} OR (path >= {from} AND path < {until})
             ON CONFLICT (old_path) DO UPDATE SET unit_id = excluded.unit_id
             """,
            cancellation);
    }

    private Task<int> MoveBelowAsync(string oldPath, string newPath, int deeper, CancellationToken cancellation)
    {
        var (from, until, cut) = (oldPath + "/", oldPath + "0", oldPath.Length + 1);
        return db.Database.ExecuteSqlAsync(
            $"UPDATE kernel_unit SET path = {newPath} || substr(path, {cut}), depth = depth + {deeper} WHERE path >= {from} AND path < {until}", cancellation);
    }

    /// <summary>The same for all paths at once.</summary>
    public Task<int> ForgetReusedAsync(CancellationToken cancellation)
        => db.Database.ExecuteSqlAsync($"DELETE FROM kernel_unit_redirect WHERE old_path IN (SELECT path FROM kernel_unit)", cancellation);
}
