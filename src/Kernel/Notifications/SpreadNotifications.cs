using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Live;
using Plenum.Kernel.Outbox;
using Plenum.Kernel.Permissions;

namespace Plenum.Kernel.Notifications;

/// <summary>Puts a notification into everyone's list and their mail, some hundred people at a time.</summary>
internal sealed class SpreadNotifications(
    PlenumDb db, TopicCatalog topics, AudienceAccounts audiences, NotificationLetters letters, Outbox.Outbox outbox, LiveTopics live,
    UnreadCounts counts, AfterCommit afterCommit, TimeProvider clock)
    : IEventHandler<NotificationPublished>, IEventHandler<NotificationSpread>
{
    private static readonly byte[] OneMore = "1"u8.ToArray();
    private const int ChunkSize = 500; // Receipts in one transaction: SQLite has one writer.

    public async Task HandleAsync(NotificationPublished happened, CancellationToken cancellation)
    {
        if (await InsertAsync(happened, cancellation) is not { } id)
        {
            return; // Published before.
        }

        if (happened.Audience is { } audience)
        {
            await SpreadAsync(new(id, audience, happened.Except, ""), cancellation);
            return;
        }

        var wanted = happened.Accounts.Select(AccountId.From).ToList();
        var accounts = await db.Set<Account>().AsNoTracking().Where(a => wanted.Contains(a.Id) && a.State == AccountState.Active).ToListAsync(cancellation);
        await TellAsync(id, accounts, happened.Except, cancellation);
    }

    public Task HandleAsync(NotificationSpread happened, CancellationToken cancellation) => SpreadAsync(happened, cancellation);

    /// <returns>The new id; for a list of accounts that came in several events, the known id; null if it was published before.</returns>
    private async Task<long?> InsertAsync(NotificationPublished happened, CancellationToken cancellation)
    {
        var (args, now) = (JsonSerializer.Serialize(happened.Args), clock.GetUtcNow().UtcDateTime);
        var inserted = await db.Database.SqlQuery<long>(
            $"""
             INSERT INTO kernel_notification (topic, key, text_key, args, link, excerpt, created_at)
             VALUES ({happened.Topic}, {happened.Key}, {happened.TextKey}, {args}, {happened.Link}, {happened.Excerpt}, {now})
             ON CONFLICT (topic, key) DO NOTHING
             RETURNING id AS "Value"
             """).ToListAsync(cancellation);
        if (inserted is [var id])
        {
            return id;
        }

        return happened.Audience is null
            ? await db.Set<StoredNotification>().Where(n => n.Topic == happened.Topic && n.Key == happened.Key).Select(n => n.Id).SingleAsync(cancellation)
            : null;
    }

    private async Task SpreadAsync(NotificationSpread part, CancellationToken cancellation)
    {
        if (!Audience.TryParse(part.Audience, out var audience))
        {
            throw new InvalidOperationException($"\"{part.Audience}\" is no audience.");
        }

        var members = await audiences.OfAsync(db, audience, cancellation);
        var accounts = await members.AsNoTracking().Where(a => a.Login.CompareTo(part.After) > 0).OrderBy(a => a.Login).Take(ChunkSize).ToListAsync(cancellation);
        await TellAsync(part.Id, accounts, part.Except, cancellation);
        if (accounts.Count == ChunkSize)
        {
            outbox.Add(db, part with { After = accounts[^1].Login });
        }
    }

    private async Task TellAsync(long id, List<Account> accounts, Guid? except, CancellationToken cancellation)
    {
        var notification = await db.Set<StoredNotification>().AsNoTracking().SingleAsync(n => n.Id == id, cancellation);
        var ids = accounts.Select(a => a.Id).ToList();
        var told = await db.Set<NotificationReceipt>().Where(r => r.NotificationId == id && ids.Contains(r.AccountId)).Select(r => r.AccountId).ToListAsync(cancellation);
        var ways = await db.Set<NotificationChoice>().Where(c => c.Topic == notification.Topic && ids.Contains(c.AccountId))
            .ToDictionaryAsync(c => c.AccountId, c => c.Way, cancellation);
        var topic = topics.Find(notification.Topic);
        foreach (var account in accounts.Where(a => a.Id.Value != except && !told.Contains(a.Id)))
        {
            var way = WayOf(topic, ways.TryGetValue(account.Id, out var chosen) ? chosen : null);
            if (way == NotificationWay.Mute)
            {
                continue;
            }

            db.Add(new NotificationReceipt
            {
                AccountId = account.Id,
                NotificationId = id,
                Mail = way == NotificationWay.DailyDigest ? ReceiptMail.Digest : ReceiptMail.None,
            });
            afterCommit.Do(db, () => counts.Forget(account.Id));
            live.PublishAfterCommit(db, OwnAccountTopic.Of(account.Id), OneMore);
            if (way == NotificationWay.MailAtOnce)
            {
                await letters.SendAsync(account, notification, cancellation);
            }
        }
    }

    internal static NotificationWay WayOf(NotificationTopic? topic, NotificationWay? chosen)
        => chosen is null ? topic?.Default ?? NotificationWay.Web
            : chosen == NotificationWay.Mute && topic is { CanMute: false } ? NotificationWay.Web
            : chosen.Value;
}
