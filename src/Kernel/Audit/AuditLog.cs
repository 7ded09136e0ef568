using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Audit;

/// <summary>What to show of the log; null means any.</summary>
/// <param name="Units">Entries of these units.</param>
/// <param name="Action">An action, or a module's name with a dot for all of its actions: "accounts.".</param>
/// <param name="Before">The oldest id of the page before, to go on from there.</param>
public sealed record AuditQuery(
    IReadOnlyCollection<OrgUnitId>? Units = null, AccountId? Actor = null, string? Action = null, DateTime? From = null, DateTime? Until = null, long? Before = null);

/// <summary>Reads the log for the administration, newest first. Pages asked by id stay fast however long the log is.</summary>
public sealed class AuditLog(PlenumDb db)
{
    public const int MaxPageSize = 200;

    public async Task<IReadOnlyList<AuditEntry>> ReadAsync(AuditQuery query, int take, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var entries = db.Set<AuditEntry>().AsNoTracking();
        if (query.Units is { } units)
        {
            var wanted = units.Select(u => (OrgUnitId?)u).ToList();
            entries = entries.Where(e => wanted.Contains(e.Unit));
        }

        if (query.Actor is { } actor)
        {
            entries = entries.Where(e => e.Actor == actor);
        }

        if (query.Action is { Length: > 0 } action)
        {
            var isModule = action.EndsWith('.');
            entries = isModule ? entries.Where(e => e.Action.StartsWith(action)) : entries.Where(e => e.Action == action);
        }

        if (query.From is { } from)
        {
            entries = entries.Where(e => e.At >= from);
        }

        if (query.Until is { } until)
        {
            entries = entries.Where(e => e.At < until);
        }

        if (query.Before is { } before)
        {
            entries = entries.Where(e => e.Id < before);
        }

        return await entries.OrderByDescending(e => e.Id).Take(Math.Clamp(take, 1, MaxPageSize)).ToListAsync(cancellation);
    }
}
