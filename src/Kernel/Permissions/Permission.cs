namespace Plenum.Kernel.Permissions;

/// <summary>How a permission travels down the organisation tree.</summary>
public enum PermissionReach
{
    /// <summary>Seeing: a grant on a unit holds for everything below it, private bodies excepted.</summary>
    View,

    /// <summary>Changing: a grant holds for its own unit, and below only where its inherit switch is on; never in private bodies.</summary>
    Write,
}

/// <summary>One thing a person may do, e.g. "discussions.moderate". Modules register theirs; text key <c>permission.NAME</c>.</summary>
public sealed record Permission(string Name, PermissionReach Reach);

/// <summary>A named set of permissions that is granted as one. Text key <c>role.NAME</c>.</summary>
/// <param name="Name">Stable name, e.g. "moderator".</param>
/// <param name="Permissions">Names of the permissions; a module may extend a role of another by registering the same name again.</param>
public sealed record Role(string Name, params IReadOnlyList<Permission> Permissions);
