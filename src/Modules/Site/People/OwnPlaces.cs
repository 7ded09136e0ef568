using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;

namespace Plenum.Site.People;

public sealed record OwnPlacesOverview(IReadOnlyList<UnitNode> Units, IReadOnlyList<OwnOffice> Offices);

public sealed record OwnOffice(string Title, UnitNode Unit);

/// <summary>Where a person belongs and what it holds, for its own eyes.</summary>
public sealed class OwnPlaces(PlenumDb db, Access access)
{
    public async Task<OwnPlacesOverview> OfAsync(Viewer viewer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var tree = await access.TreeAsync(cancellation);
        var held = viewer.Offices.ToArray();
        var offices = await db.Set<Office>().AsNoTracking().Where(o => held.Contains(o.Id)).OrderBy(o => o.Order).ToListAsync(cancellation);
        return new(
            [.. viewer.MemberOf.Select(tree.Find).OfType<UnitNode>()],
            [.. offices.Where(o => tree.Find(o.UnitId) is not null).Select(o => new OwnOffice(o.Title, tree.Find(o.UnitId)!))]);
    }
}
