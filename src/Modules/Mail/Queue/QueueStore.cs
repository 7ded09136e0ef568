using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Data;
using Plenum.Mail.Domain;
using Plenum.Mail.Receiving;

namespace Plenum.Mail.Queue;

/// <summary>The queue's tables. Statements work on many rows at once: a fan-out writes a state for each recipient.</summary>
internal sealed class QueueStore(IDbContextFactory<PlenumDb> contexts, QueueNode node, ReturnPathSeal seal, TimeProvider clock)
{
    /// <summary>Takes due copies, the longest due first.</summary>
    /// <param name="excluded">Destinations this node has enough of.</param>
    public async Task<IReadOnlyList<LeasedCopy>> LeaseAsync(int count, IReadOnlyCollection<string> excluded, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (!await Due(db, now, 1, excluded).AnyAsync(cancellation) || await db.Set<QueuePause>().AnyAsync(p => p.Domain == QueuePause.Everything, cancellation))
        {
            return []; // Asked before the writer's lock is taken.
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var due = await Due(db, now, count, excluded).Select(r => r.Id).ToListAsync(cancellation);
        var key = node.Key;
        await db.Set<QueuedRecipient>().Where(r => due.Contains(r.Id)).ExecuteUpdateAsync(r => r.SetProperty(x => x.LeasedBy, key), cancellation);
        var leased = await LoadAsync(db, due, cancellation);
        await transaction.CommitAsync(cancellation);
        return [.. leased.Select(c => c with { IsCounted = true })];
    }

    /// <summary>Takes these copies, as far as they wait and nobody works on them.</summary>
    public async Task<IReadOnlyList<LeasedCopy>> TakeAsync(IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        await node.LiveAsync(cancellation);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var key = node.Key;
        var free = await db.Set<QueuedRecipient>()
            .Where(r => ids.Contains(r.Id) && (r.State == RecipientState.Pending || r.State == RecipientState.Held) && r.LeasedBy == null).Select(r => r.Id).ToListAsync(cancellation);
        await db.Set<QueuedRecipient>().Where(r => free.Contains(r.Id) && r.LeasedBy == null).ExecuteUpdateAsync(r => r.SetProperty(x => x.LeasedBy, key), cancellation);
        var taken = await LoadAsync(db, free, cancellation);
        await transaction.CommitAsync(cancellation);
        return taken;
    }

    /// <summary>Gives back what nodes that are gone had taken.</summary>
    public async Task ReleaseAsync(CancellationToken cancellation)
    {
        await node.LiveAsync(cancellation);
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var holders = await db.Set<QueuedRecipient>().Where(r => r.LeasedBy != null).Select(r => r.LeasedBy!.Value).Distinct().ToListAsync(cancellation);
        foreach (var holder in holders)
        {
            if (await node.IsGoneAsync(holder, cancellation))
            {
                await db.Set<QueuedRecipient>().Where(r => r.LeasedBy == holder).ExecuteUpdateAsync(r => r.SetProperty(x => x.LeasedBy, (long?)null), cancellation);
            }
        }
    }

    /// <summary>Makes due what is put off for longer than any wait is: the clock ran ahead when that was written.</summary>
    public async Task HastenAsync(TimeSpan longest, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var limit = now + longest;
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        if (await db.Set<QueuedRecipient>().AnyAsync(r => r.State == RecipientState.Pending && r.DueAt > limit, cancellation))
        {
            await db.Set<QueuedRecipient>().Where(r => r.State == RecipientState.Pending && r.DueAt > limit).ExecuteUpdateAsync(r => r.SetProperty(x => x.DueAt, now), cancellation);
        }
    }

    /// <summary>Which of these addresses get no mail from modules.</summary>
    public async Task<IReadOnlySet<string>> SuppressedAsync(IReadOnlyCollection<string> addresses, CancellationToken cancellation)
    {
        var folded = addresses.Select(a => a.ToLowerInvariant()).Distinct().ToList();
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return (await db.Set<SuppressedAddress>().Where(s => folded.Contains(s.Address)).Select(s => s.Address).ToListAsync(cancellation)).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Writes outcomes within the caller's transaction.</summary>
    /// <param name="dueAt">When an outcome that is tried again is due.</param>
    /// <param name="isDelayReported">Whether its sender is told now that it takes longer.</param>
    public async Task WriteAsync(
        PlenumDb db, IDbContextTransaction transaction, IEnumerable<CopyOutcome> outcomes, Func<CopyOutcome, DateTime> dueAt, Func<CopyOutcome, bool> isDelayReported)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = transaction.GetDbTransaction();
        command.CommandText = """
            UPDATE mail_recipient SET state = @state, attempts = attempts + 1, due_at = @due, finished_at = @finished, leased_by = NULL,
                delay_reported = @delayed, last_status = @status, last_diagnostic = @diagnostic
            WHERE id = @id
            """;
        foreach (var outcome in outcomes)
        {
            var isFinished = outcome.State is not (RecipientState.Pending or RecipientState.Held);
            command.Parameters.Clear();
            Set(command, "state", outcome.State.ToString());
            Set(command, "due", isFinished ? now : dueAt(outcome));
            Set(command, "finished", isFinished ? now : DBNull.Value);
            Set(command, "delayed", outcome.Copy.DelayReported || isDelayReported(outcome));
            Set(command, "status", outcome.Status);
            Set(command, "diagnostic", outcome.RemoteHost.Length == 0 ? outcome.Diagnostic : Cut($"{outcome.RemoteHost}: {outcome.Diagnostic}"));
            Set(command, "id", outcome.Copy.Id);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    // Those this node holds: another may have been faster between the question and the lease.
    private async Task<IReadOnlyList<LeasedCopy>> LoadAsync(PlenumDb db, List<long> ids, CancellationToken cancellation)
    {
        var key = node.Key;
        var rows = await db.Set<QueuedRecipient>().AsNoTracking().Where(r => ids.Contains(r.Id) && r.LeasedBy == key).OrderBy(r => r.Id).ToListAsync(cancellation);
        var messageIds = rows.Select(r => r.MessageId).Distinct().ToList();
        var messages = await db.Set<QueuedMessage>().AsNoTracking().Where(m => messageIds.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancellation);
        return [.. rows.Select(r => Leased(r, messages[r.MessageId]))];
    }

    private static string Cut(string text) => text.Length <= CopyOutcome.MaxDiagnostic ? text : text[..CopyOutcome.MaxDiagnostic];

    private static void Set(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    // On PostgreSQL nodes step over each other's rows; on SQLite there is one node.
    private static IQueryable<QueuedRecipient> Due(PlenumDb db, DateTime now, int count, IReadOnlyCollection<string> excluded)
    {
        var not = excluded.ToArray();
        return db.IsPostgreSql
            ? db.Set<QueuedRecipient>().FromSql(
                $"""
                 SELECT * FROM mail_recipient WHERE state = 'Pending' AND due_at <= {now} AND leased_by IS NULL
                 AND domain <> ALL ({not}) AND domain NOT IN (SELECT domain FROM mail_pause)
                 ORDER BY due_at LIMIT {count} FOR UPDATE SKIP LOCKED
                 """)
            : db.Set<QueuedRecipient>()
                .Where(r => r.State == RecipientState.Pending && r.DueAt <= now && r.LeasedBy == null && !not.Contains(r.Domain)
                    && !db.Set<QueuePause>().Any(p => p.Domain == r.Domain))
                .OrderBy(r => r.DueAt).Take(count);
    }

    private LeasedCopy Leased(QueuedRecipient row, QueuedMessage message) => LeasedCopy.Of(
        row, message, row.ReturnPath ?? string.Create(CultureInfo.InvariantCulture, $"{seal.LocalPart(message.Id, row.Position)}@{message.Domain}"));
}
