using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Jobs;

namespace Plenum.Kernel.Notifications;

/// <summary>Mails everyone who wants a digest what is still unread. Safe to run twice: the mark and the mail commit together.</summary>
internal sealed partial class SendDigests(PlenumDb db, NotificationLetters letters, ILogger<SendDigests> log) : IJob
{
    private const int BatchSize = 100; // People per look-up.
    private const int MaxLines = 50; // Longer mails are not read.

    public async Task RunAsync(CancellationToken cancellation)
    {
        var sent = 0;
        while (await WaitingAsync(cancellation) is not [] and var readers)
        {
            foreach (var reader in readers)
            {
                sent += await SendAsync(reader, cancellation) ? 1 : 0;
                db.ChangeTracker.Clear();
            }
        }

        LogSent(sent);
    }

    private Task<List<AccountId>> WaitingAsync(CancellationToken cancellation)
        => db.Set<NotificationReceipt>().Where(r => r.Mail == ReceiptMail.Digest).Select(r => r.AccountId).Distinct().Take(BatchSize).ToListAsync(cancellation);

    private async Task<bool> SendAsync(AccountId reader, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var waiting = db.Set<NotificationReceipt>().Where(r => r.AccountId == reader && r.Mail == ReceiptMail.Digest);
        var unread = waiting.Where(r => r.ReadAt == null).OrderByDescending(r => r.NotificationId);
        var lines = await unread.Select(r => r.Notification).Take(MaxLines).ToListAsync(cancellation);
        var more = await unread.CountAsync(cancellation) - lines.Count;
        var account = await db.Set<Account>().AsNoTracking().SingleAsync(a => a.Id == reader, cancellation);
        var marked = await waiting.ExecuteUpdateAsync(r => r.SetProperty(x => x.Mail, ReceiptMail.None), cancellation);
        if (marked > 0 && lines.Count > 0 && account.CanSignIn)
        {
            await letters.SendDigestAsync(account, lines, more, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return lines.Count > 0;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} digests sent")]
    private partial void LogSent(int count);
}

/// <summary>Forgets old notifications: read ones after three months, all after a year. Safe to run twice.</summary>
internal sealed class ForgetNotifications(PlenumDb db, TimeProvider clock) : IJob
{
    private const int BatchSize = 2_000; // One statement each: SQLite has one writer.
    private static readonly TimeSpan KeepRead = TimeSpan.FromDays(90);
    private static readonly TimeSpan KeepAll = TimeSpan.FromDays(365);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (read, all) = (now - KeepRead, now - KeepAll);
        var old = db.Set<NotificationReceipt>().Where(r => r.ReadAt < read);
        while (await old.Take(BatchSize).ExecuteDeleteAsync(cancellation) == BatchSize)
        {
        }

        await db.Set<StoredNotification>().Where(n => n.CreatedAt < all).ExecuteDeleteAsync(cancellation);
    }
}
