using Plenum.Contracts.Organisation;

namespace Plenum.Kernel.Organisation;

/// <summary>An address a unit once had. Links to it keep working.</summary>
public sealed class UnitRedirect
{
    public required string OldPath { get; init; }

    public required OrgUnitId UnitId { get; set; }
}
