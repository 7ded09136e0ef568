using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Permissions;

/// <summary>A role as the administration sees it.</summary>
/// <param name="Title">The organisation's own title; empty for a role of a module, which has a text.</param>
public sealed record RoleView(string Name, string Title, bool IsOwn, IReadOnlyList<string> Permissions);

/// <summary>The organisation's own roles, beside those the modules bring.</summary>
public sealed class RoleService(PlenumDb db, Access access, RoleCatalog catalog, Audit.Audit audit, TimeProvider clock)
{
    /// <summary>Every role, the modules' first. Public: what a role may do is no secret.</summary>
    public async Task<IReadOnlyList<RoleView>> AllAsync(CancellationToken cancellation)
    {
        var own = await db.Set<CustomRole>().AsNoTracking().OrderBy(r => r.Title).ToListAsync(cancellation);
        return
        [
            .. catalog.Roles.Values.OrderBy(r => r.Name, StringComparer.Ordinal).Select(r => new RoleView(r.Name, "", false, [.. r.Permissions.Select(p => p.Name)])),
            .. own.Select(r => new RoleView(r.Name, r.Title, true, r.Permissions.Split(' ', StringSplitOptions.RemoveEmptyEntries))),
        ];
    }

    /// <summary>Makes a role, or changes it: whoever has it may from now on do what it says. Needs <see cref="KernelPermissions.Grant"/> on the root.</summary>
    /// <exception cref="RuleException">The name is a module's role, or a permission is unknown.</exception>
    public async Task PutAsync(Viewer viewer, string name, string title, IReadOnlyList<string> permissions, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(permissions);
        await access.DemandAsync(viewer, KernelPermissions.Grant, cancellation);
        if (catalog.Roles.ContainsKey(name))
        {
            throw new RuleException("roles.of-module", name);
        }

        if (permissions.FirstOrDefault(p => !catalog.Permissions.ContainsKey(p)) is { } unknown)
        {
            throw new RuleException("permissions.unknown", unknown);
        }

        if (permissions.Count == 0)
        {
            throw new RuleException("roles.empty");
        }

        if (await db.Set<CustomRole>().SingleOrDefaultAsync(r => r.Name == name, cancellation) is { } known)
        {
            known.Change(title, permissions);
        }
        else
        {
            db.Add(new CustomRole(name, title, permissions));
        }

        audit.Record(db, viewer.Account, "roles.put", "role:" + name, null, string.Join(' ', permissions));
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Takes a role away. Needs <see cref="KernelPermissions.Grant"/> on the root.</summary>
    /// <exception cref="RuleException">Someone still has it.</exception>
    public async Task RemoveAsync(Viewer viewer, string name, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Grant, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        if (await db.Set<Grant>().AnyAsync(g => g.Role == name && (g.Until == null || g.Until > now), cancellation))
        {
            throw new RuleException("roles.in-use", name);
        }

        if (await db.Set<CustomRole>().SingleOrDefaultAsync(r => r.Name == name, cancellation) is { } known)
        {
            db.Remove(known);
            audit.Record(db, viewer.Account, "roles.remove", "role:" + name);
            await db.SaveChangesAsync(cancellation);
        }
    }
}
