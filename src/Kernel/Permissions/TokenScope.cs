using System.Collections.Frozen;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Organisation;

namespace Plenum.Kernel.Permissions;

/// <summary>What an access token leaves of its owner's permissions.</summary>
/// <param name="Permissions">Names; no others hold.</param>
/// <param name="Unit">They hold for this unit and what lies below; null: everywhere.</param>
public sealed record TokenScope(FrozenSet<string> Permissions, OrgUnitId? Unit)
{
    internal bool Allows(Permission permission, UnitNode unit)
        => Permissions.Contains(permission.Name) && (Unit is not { } top || unit.SelfAndAncestors().Any(u => u.Id == top));
}
