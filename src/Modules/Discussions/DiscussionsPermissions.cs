using Plenum.Kernel.Permissions;

namespace Plenum.Discussions;

/// <summary>What this module guards. Reading and writing follow the board's audiences; these are for those who look after boards.</summary>
public static class DiscussionsPermissions
{
    /// <summary>Named in refusals; the board's own audience gives it, no role does.</summary>
    public static Permission Write { get; } = new("discussions.write", PermissionReach.Write);

    /// <summary>Let held posts through or not, write on boards that only announce.</summary>
    public static Permission Moderate { get; } = new("discussions.moderate", PermissionReach.Write);

    /// <summary>Make boards and change them.</summary>
    public static Permission Manage { get; } = new("discussions.manage", PermissionReach.Write);

    public static IReadOnlyList<Permission> All { get; } = [Write, Moderate, Manage];

    /// <summary>Looks after the boards of a unit.</summary>
    public static Role Moderator { get; } = new("board-moderator", Moderate);
}
