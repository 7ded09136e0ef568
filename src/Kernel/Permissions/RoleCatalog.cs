using System.Collections.Frozen;

namespace Plenum.Kernel.Permissions;

/// <summary>Every permission and every role that the modules registered.</summary>
public sealed class RoleCatalog
{
    public RoleCatalog(IEnumerable<Permission> permissions, IEnumerable<Role> roles)
    {
        Permissions = permissions.ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);
        Roles = roles.GroupBy(r => r.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => new Role(g.Key, [.. g.SelectMany(r => r.Permissions).Distinct()]), StringComparer.Ordinal);
    }

    public FrozenDictionary<string, Permission> Permissions { get; }

    public FrozenDictionary<string, Role> Roles { get; }
}
