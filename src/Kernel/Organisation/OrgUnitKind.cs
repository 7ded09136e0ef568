namespace Plenum.Kernel.Organisation;

/// <summary>What a unit is. Text key <c>units.kind.NAME</c>.</summary>
public enum OrgUnitKind
{
    Federation,
    State,
    Region,
    District,
    LocalBranch,
    WorkingGroup,
    Board,
    Court,
}
