using System.Collections.Frozen;
using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;

namespace Plenum.Kernel.Permissions;

/// <summary>All grants and audiences as of one moment; answers without touching the database.</summary>
public sealed class AccessTable
{
    private readonly FrozenDictionary<OrgUnitId, ResolvedGrant[]> _grants;
    private readonly FrozenDictionary<string, ResolvedGrant[]> _grantsBySubject;
    private readonly FrozenDictionary<string, ImmutableArray<int>> _audiencesByToken;
    private readonly FrozenDictionary<string, int> _audienceIds;
    private readonly FrozenDictionary<int, Audience> _audiences;

    private AccessTable(IEnumerable<Grant> grants, IReadOnlyCollection<StoredAudience> audiences, FrozenDictionary<string, Role> roles)
    {
        Roles = roles;
        var resolved = grants.Select(g => new ResolvedGrant(g, roles.GetValueOrDefault(g.Role)?.Permissions.Select(p => p.Name).ToFrozenSet() ?? [])).ToList();
        _grants = resolved.GroupBy(g => g.Grant.UnitId).ToFrozenDictionary(g => g.Key, g => g.ToArray());
        _grantsBySubject = resolved.GroupBy(g => g.Grant.Subject, StringComparer.Ordinal).ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
        _audienceIds = audiences.ToFrozenDictionary(a => a.Text, a => a.Id, StringComparer.Ordinal);
        _audiences = audiences.ToFrozenDictionary(a => a.Id, a => Audience.TryParse(a.Text, out var audience) ? audience : throw new InvalidOperationException($"Stored audience {a.Id} is damaged."));
        _audiencesByToken = _audiences
            .SelectMany(a => a.Value.Tokens.Select(token => (token, a.Key)))
            .GroupBy(a => a.token, a => a.Key, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal);
    }

    /// <summary>Roles by name: those of the modules and the organisation's own.</summary>
    public FrozenDictionary<string, Role> Roles { get; }

    /// <summary>Whether a grant reaches the viewer, the permission and the unit. Walks from the unit to the root: under a microsecond.</summary>
    public bool May(Viewer viewer, Permission permission, UnitNode unit, DateTime utcNow) => Find(viewer, permission, unit, utcNow) is not null;

    /// <summary>Whether a grant reaches below the unit as well.</summary>
    public bool MayBelow(Viewer viewer, Permission permission, UnitNode unit, DateTime utcNow) => Find(viewer, permission, unit, utcNow, alsoBelow: true) is not null;

    /// <summary>The nearest grant that allows it, or null.</summary>
    public Grant? Find(Viewer viewer, Permission permission, UnitNode unit, DateTime utcNow) => Find(viewer, permission, unit, utcNow, alsoBelow: false);

    private Grant? Find(Viewer viewer, Permission permission, UnitNode unit, DateTime utcNow, bool alsoBelow)
    {
        if (viewer.Scope is { } scope && !scope.Allows(permission, unit))
        {
            return null;
        }

        for (var at = unit; at is not null; at = at.Parent)
        {
            if (_grants.TryGetValue(at.Id, out var grants))
            {
                foreach (var grant in grants)
                {
                    if (grant.Permissions.Contains(permission.Name)
                        && ((!alsoBelow && ReferenceEquals(at, unit)) || permission.Reach == PermissionReach.View || grant.Grant.Inherits)
                        && grant.Grant.IsCurrent(utcNow)
                        && viewer.GrantTokens.Contains(grant.Grant.Subject))
                    {
                        return grant.Grant;
                    }
                }
            }

            if (at.IsPrivate)
            {
                return null; // A private body inherits nothing from above.
            }
        }

        return null;
    }

    /// <summary>Whether any grant anywhere gives the viewer this permission: decides whether a menu entry shows.</summary>
    public bool MayAnywhere(Viewer viewer, Permission permission, DateTime utcNow)
        => viewer.Scope?.Permissions.Contains(permission.Name) != false && _grants.Values.Any(grants => Array.Exists(grants, g =>
            g.Permissions.Contains(permission.Name) && viewer.GrantTokens.Contains(g.Grant.Subject) && g.Grant.IsCurrent(utcNow)));

    /// <summary>Current and coming grants on a unit itself.</summary>
    public IEnumerable<Grant> GrantsOn(OrgUnitId unit) => _grants.TryGetValue(unit, out var grants) ? grants.Select(g => g.Grant) : [];

    /// <summary>Ids of the stored audiences that admit a holder of these tokens, ascending.</summary>
    public ImmutableArray<int> AudiencesOf(IEnumerable<string> tokens)
        => [.. tokens.SelectMany(t => _audiencesByToken.TryGetValue(t, out var ids) ? ids : []).Distinct().Order()];

    public bool TryGetId(Audience audience, out int id) => _audienceIds.TryGetValue(audience.Text, out id);

    public Audience AudienceOf(int id) => _audiences[id];

    internal static async Task<AccessTable> LoadAsync(PlenumDb db, RoleCatalog catalog, DateTime utcNow, CancellationToken cancellation)
    {
        var grants = await db.Set<Grant>().AsNoTracking().Where(g => g.Until == null || g.Until > utcNow).ToListAsync(cancellation);
        var audiences = await db.Set<StoredAudience>().AsNoTracking().ToListAsync(cancellation);
        var custom = await db.Set<CustomRole>().AsNoTracking().ToListAsync(cancellation);
        var roles = catalog.Roles.Values
            .Concat(custom.Select(c => new Role(c.Name, [.. c.Permissions.Split(' ').Select(p => catalog.Permissions.GetValueOrDefault(p)).OfType<Permission>()])))
            .DistinctBy(r => r.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(r => r.Name, StringComparer.Ordinal);
        return new(grants, audiences, roles);
    }

    private sealed record ResolvedGrant(Grant Grant, FrozenSet<string> Permissions);
}
