using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Snapshots;

namespace Plenum.Kernel.Permissions;

/// <summary>Who may do what. Every use case asks here in its first line.</summary>
public sealed class Access : IDisposable
{
    private readonly Snapshot<OrgTree> _tree;
    private readonly Snapshot<AccessTable> _table;
    private readonly TimeProvider _clock;

    public Access(IServiceScopeFactory scopes, StampWatch watch, RoleCatalog catalog, TimeProvider clock)
    {
        _clock = clock;
        _tree = new(scopes, watch, Stamp.Organisation, OrgTree.LoadAsync);
        _table = new(scopes, watch, Stamp.Permissions, (db, cancellation) => AccessTable.LoadAsync(db, catalog, clock.GetUtcNow().UtcDateTime, cancellation));
    }

    public ValueTask<OrgTree> TreeAsync(CancellationToken cancellation) => _tree.GetAsync(cancellation);

    public ValueTask<AccessTable> TableAsync(CancellationToken cancellation) => _table.GetAsync(cancellation);

    public async ValueTask<bool> MayAsync(Viewer viewer, Permission permission, OrgUnitId unit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var tree = await TreeAsync(cancellation);
        var table = await TableAsync(cancellation);
        return tree.Find(unit) is { } node && (viewer.IsConsole || table.May(viewer, permission, node, _clock.GetUtcNow().UtcDateTime));
    }

    /// <summary>Whether the permission reaches below the unit, too: by a grant there or above whose inherit switch is on.</summary>
    public async ValueTask<bool> MayBelowAsync(Viewer viewer, Permission permission, OrgUnitId unit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var tree = await TreeAsync(cancellation);
        var table = await TableAsync(cancellation);
        return tree.Find(unit) is { } node && (viewer.IsConsole || table.MayBelow(viewer, permission, node, _clock.GetUtcNow().UtcDateTime));
    }

    public async ValueTask<bool> MayAnywhereAsync(Viewer viewer, Permission permission, CancellationToken cancellation)
        => (await TableAsync(cancellation)).MayAnywhere(viewer, permission, _clock.GetUtcNow().UtcDateTime);

    /// <exception cref="DeniedException">The viewer lacks the permission on the unit.</exception>
    public async ValueTask DemandAsync(Viewer viewer, Permission permission, OrgUnitId unit, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(permission);
        if (!await MayAsync(viewer, permission, unit, cancellation))
        {
            throw new DeniedException(permission.Name, unit);
        }
    }

    /// <summary>The same on the root: for what concerns the whole house.</summary>
    public async ValueTask DemandAsync(Viewer viewer, Permission permission, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(permission);
        var root = (await TreeAsync(cancellation)).Root ?? throw new DeniedException(permission.Name, null);
        await DemandAsync(viewer, permission, root.Id, cancellation);
    }

    /// <summary>Why a viewer may or may not, in the order the rules are tried.</summary>
    public async ValueTask<AccessExplanation> ExplainAsync(Viewer viewer, Permission permission, OrgUnitId unit, CancellationToken cancellation)
    {
        var tree = await TreeAsync(cancellation);
        var table = await TableAsync(cancellation);
        return AccessExplanation.Of(viewer, permission, tree.Find(unit), table, _clock.GetUtcNow().UtcDateTime);
    }

    /// <summary>The number rows store for an audience; a new one is made within the caller's transaction.</summary>
    public async ValueTask<int> AudienceIdAsync(PlenumDb db, Audience audience, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(audience);
        if ((await TableAsync(cancellation)).TryGetId(audience, out var known))
        {
            return known;
        }

        // A raw insert on the caller's connection: two callers at once both end up with the one row.
        await db.Database.ExecuteSqlAsync($"INSERT INTO kernel_audience (text) VALUES ({audience.Text}) ON CONFLICT (text) DO NOTHING", cancellation);
        await db.TouchAsync(Stamp.Permissions, cancellation);
        return await db.Set<StoredAudience>().Where(a => a.Text == audience.Text).Select(a => a.Id).SingleAsync(cancellation);
    }

    public void Dispose()
    {
        _tree.Dispose();
        _table.Dispose();
    }
}
