using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Data;
using Plenum.Mail.Domain;

namespace Plenum.Mail.Queue;

/// <summary>A copy this node has taken out of the queue to deliver it.</summary>
public sealed record LeasedCopy(
    long Id, MailMessageId MessageId, int Position, string Address, string Domain, string? ReturnPath, string Headers, int Attempts);

/// <summary>The queue's tables. Statements work on many rows at once: a fan-out writes a state for each recipient.</summary>
public sealed class QueueStore(IDbContextFactory<PlenumDb> contexts, TimeProvider clock)
{
    /// <summary>How long a node may work on a copy. A node that died gives its copies back after this time.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(20);

    /// <summary>Takes due copies, the longest due first.</summary>
    public async Task<IReadOnlyList<LeasedCopy>> LeaseAsync(int count, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var due = await Due(db, now, count).Select(r => r.Id).ToListAsync(cancellation);
        if (due is [])
        {
            return [];
        }

        var until = now + Lease;
        await Rows(db, due).ExecuteUpdateAsync(r => r.SetProperty(x => x.LeasedUntil, until), cancellation);
        var leased = await Rows(db, due).OrderBy(r => r.Id)
            .Select(r => new LeasedCopy(r.Id, r.MessageId, r.Position, r.Address, r.Domain, r.ReturnPath, r.Headers, r.Attempts))
            .ToListAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return leased;
    }

    /// <summary>Keeps copies for operators to see instead of sending them.</summary>
    public async Task SpoolAsync(IReadOnlyList<LeasedCopy> copies, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await Rows(db, [.. copies.Select(c => c.Id)]).ExecuteUpdateAsync(
            r => r.SetProperty(x => x.State, RecipientState.Spooled).SetProperty(x => x.FinishedAt, now).SetProperty(x => x.LeasedUntil, (DateTime?)null),
            cancellation);
    }

    private static IQueryable<QueuedRecipient> Rows(PlenumDb db, List<long> ids) => db.Set<QueuedRecipient>().Where(r => ids.Contains(r.Id));

    // On PostgreSQL nodes step over each other's rows; on SQLite there is one node.
    private static IQueryable<QueuedRecipient> Due(PlenumDb db, DateTime now, int count)
        => db.IsPostgreSql
            ? db.Set<QueuedRecipient>().FromSql(
                $"""
                 SELECT * FROM mail_recipient WHERE state = 'Pending' AND due_at <= {now} AND (leased_until IS NULL OR leased_until < {now})
                 ORDER BY due_at LIMIT {count} FOR UPDATE SKIP LOCKED
                 """)
            : db.Set<QueuedRecipient>().Where(r => r.State == RecipientState.Pending && r.DueAt <= now && (r.LeasedUntil == null || r.LeasedUntil < now))
                .OrderBy(r => r.DueAt).Take(count);
}
