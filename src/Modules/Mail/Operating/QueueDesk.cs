using System.Text;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Mail;
using Plenum.Kernel;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.Mail.Domain;
using Plenum.Mail.Queue;

namespace Plenum.Mail.Operating;

/// <summary>What operators see of the queue and do to it. Needs <see cref="KernelPermissions.Operate"/> on the whole house; all changes are in the audit log.</summary>
internal sealed class QueueDesk(
    PlenumDb db, Access access, Audit audit, Blobs blobs, QueueStore store, OutcomeDesk outcomes, QueueBell bell, TimeProvider clock)
{
    private const int MaxShown = 64 * 1024; // Of a header or a spooled body.
    private const int MaxCopiesShown = 100;

    /// <summary>How many copies are in each state; states without any are absent.</summary>
    public async Task<IReadOnlyDictionary<RecipientState, int>> CountsAsync(Viewer viewer, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Operate, cancellation);
        return await db.Set<QueuedRecipient>().GroupBy(r => r.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
    }

    public async Task<(IReadOnlyList<QueueRow> Rows, int Total)> ListAsync(Viewer viewer, QueueFilter filter, int skip, int take, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Operate, cancellation);
        var words = filter.Words.ToLowerInvariant();
        var found = db.Set<QueuedRecipient>().AsNoTracking()
            .Where(r => (filter.State == null || r.State == filter.State) && (words == "" || r.Domain.Contains(words) || r.Address.Contains(words)));
        return (await Rows(found.OrderByDescending(r => r.Id)).Skip(skip).Take(take).ToListAsync(cancellation), await found.CountAsync(cancellation));
    }

    /// <returns>Null if there is no such message (any more).</returns>
    public async Task<QueueMessage?> FindAsync(Viewer viewer, MailMessageId id, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Operate, cancellation);
        if (await db.Set<QueuedMessage>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, cancellation) is not { } message)
        {
            return null;
        }

        var copies = db.Set<QueuedRecipient>().AsNoTracking().Where(r => r.MessageId == id);
        var rows = await Rows(copies.OrderBy(r => r.Position)).Take(MaxCopiesShown).ToListAsync(cancellation);
        var (header, body) = await ReadAsync(message, cancellation);
        var isSpooled = rows.Exists(r => r.State is RecipientState.Spooled);
        return new(
            id, message.Source, message.Reference, message.SizeBytes, message.CreatedAt, message.ExpiresAt, header, isSpooled ? body : null, rows, await copies.CountAsync(cancellation));
    }

    /// <summary>Domains that are paused, "*" for everything.</summary>
    public async Task<IReadOnlyList<string>> PausesAsync(Viewer viewer, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Operate, cancellation);
        return await db.Set<QueuePause>().OrderBy(p => p.Domain).Select(p => p.Domain).ToListAsync(cancellation);
    }

    /// <summary>Stops mail to a domain, or all mail. What is under way ends.</summary>
    /// <exception cref="RuleException">It is no domain.</exception>
    public async Task PauseAsync(Viewer viewer, string domain, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Operate, cancellation);
        var folded = Fold(domain);
        if (!await db.Set<QueuePause>().AnyAsync(p => p.Domain == folded, cancellation))
        {
            db.Add(new QueuePause { Domain = folded, Since = clock.GetUtcNow().UtcDateTime, ByAccount = viewer.SignedInAccount });
            await SaveAsync(viewer, "mail.pause", "domain:" + folded, cancellation);
        }
    }

    public async Task ResumeAsync(Viewer viewer, string domain, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Operate, cancellation);
        var folded = Fold(domain);
        if (await db.Set<QueuePause>().SingleOrDefaultAsync(p => p.Domain == folded, cancellation) is { } pause)
        {
            db.Remove(pause);
            await SaveAsync(viewer, "mail.resume", "domain:" + folded, cancellation);
            bell.Ring();
        }
    }

    /// <summary>Tries copies now: those that wait, are held, or were given up. Copies under way are left alone.</summary>
    /// <returns>How many.</returns>
    public async Task<int> RetryAsync(Viewer viewer, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Operate, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var count = await Idle(ids, RecipientState.Pending, RecipientState.Held, RecipientState.Failed).ExecuteUpdateAsync(
            r => r.SetProperty(x => x.State, RecipientState.Pending).SetProperty(x => x.DueAt, now).SetProperty(x => x.FinishedAt, (DateTime?)null), cancellation);
        await SaveAsync(viewer, "mail.retry", $"copies:{string.Join(',', ids)}", cancellation);
        await transaction.CommitAsync(cancellation);
        bell.Ring();
        return count;
    }

    /// <summary>Holds copies until someone retries them.</summary>
    /// <returns>How many.</returns>
    public async Task<int> HoldAsync(Viewer viewer, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Operate, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var count = await Idle(ids, RecipientState.Pending).ExecuteUpdateAsync(r => r.SetProperty(x => x.State, RecipientState.Held), cancellation);
        await SaveAsync(viewer, "mail.hold", $"copies:{string.Join(',', ids)}", cancellation);
        await transaction.CommitAsync(cancellation);
        return count;
    }

    /// <summary>Gives copies up; their senders hear it.</summary>
    /// <returns>How many.</returns>
    public async Task<int> FailAsync(Viewer viewer, IReadOnlyCollection<long> ids, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Operate, cancellation);
        var taken = await store.TakeAsync(ids, cancellation);
        await SaveAsync(viewer, "mail.fail", $"copies:{string.Join(',', taken.Select(c => c.Id))}", cancellation);
        await outcomes.RecordAsync([.. taken.Select(c => CopyOutcome.Failed(c, "5.7.0", "An operator gave it up", DeliveryOutcome.Dropped))]);
        return taken.Count;
    }

    private IQueryable<QueueRow> Rows(IQueryable<QueuedRecipient> recipients)
        => from recipient in recipients
           join message in db.Set<QueuedMessage>() on recipient.MessageId equals message.Id
           select new QueueRow(
               recipient.Id, recipient.MessageId, recipient.Address, message.Source, recipient.State, recipient.Attempts, recipient.DueAt, message.CreatedAt,
               recipient.LastStatus, recipient.LastDiagnostic);

    private IQueryable<QueuedRecipient> Idle(IReadOnlyCollection<long> ids, params RecipientState[] states)
        => db.Set<QueuedRecipient>().Where(r => ids.Contains(r.Id) && states.Contains(r.State) && r.LeasedBy == null);

    private static string Fold(string domain)
        => domain == QueuePause.Everything ? domain
            : MailAddress.TryFoldDomain(domain.Trim(), out var folded) ? folded
            : throw new RuleException("mail.queue.no-domain");

    private async Task SaveAsync(Viewer viewer, string action, string subject, CancellationToken cancellation)
    {
        audit.Record(db, viewer.SignedInAccount, action, subject);
        await db.SaveChangesAsync(cancellation);
    }

    private async Task<(string Header, string Body)> ReadAsync(QueuedMessage message, CancellationToken cancellation)
    {
        await using var content = await blobs.OpenAsync(BlobHash.Parse(message.Blob), message.SkippedOctets, MaxShown, cancellation);
        if (content is null)
        {
            return ("", "");
        }

        using var octets = new MemoryStream();
        await content.CopyToAsync(octets, cancellation);
        var text = Encoding.UTF8.GetString(octets.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return end < 0 ? (text, "") : (text[..end], text[(end + 4)..]);
    }
}
