using Plenum.Kernel.Data;

namespace Plenum.Kernel.Notifications;

/// <summary>
/// Tells people of what happened, each in the way they chose. The one mechanism of all modules.
/// </summary>
public sealed class Notifications(TopicCatalog topics, Outbox.Outbox outbox)
{
    private const int ChunkSize = 500; // Receipts in one transaction: SQLite has one writer.

    /// <summary>
    /// Adds the notification to the context: people hear of it when the caller's changes are saved, and never if they are not.
    /// Published again under the same topic and key it changes nothing.
    /// </summary>
    /// <exception cref="ArgumentException">The topic is unknown, a part is too long, the link leads elsewhere, or nobody or too many are named.</exception>
    public void Publish(PlenumDb db, Notification notification)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(notification);
        Check(notification);
        var published = new NotificationPublished(
            notification.Topic,
            notification.Key,
            notification.TextKey,
            [.. notification.Args.Select(a => Cut(a, Notification.MaxArgLength))],
            notification.Link,
            Cut(notification.Excerpt, Notification.MaxExcerptLength),
            notification.Except?.Value,
            notification.Audience?.Text,
            []);
        if (notification.Audience is not null)
        {
            outbox.Add(db, published);
            return;
        }

        foreach (var chunk in notification.Accounts.Select(a => a.Value).Distinct().Chunk(ChunkSize))
        {
            outbox.Add(db, published with { Accounts = chunk });
        }
    }

    private void Check(Notification notification)
    {
        if (topics.Find(notification.Topic) is null)
        {
            throw new ArgumentException($"The topic {notification.Topic} is not registered with AddNotificationTopic.", nameof(notification));
        }

        if (notification.Key.Length is 0 or > Notification.MaxKeyLength)
        {
            throw new ArgumentException($"A key has 1 to {Notification.MaxKeyLength} characters.", nameof(notification));
        }

        if (notification.Link.Length > Notification.MaxLinkLength || notification.Link is not ['/', ..] || notification.Link is ['/', '/' or '\\', ..])
        {
            throw new ArgumentException("A link is a path of this site.", nameof(notification));
        }

        if (notification.Audience is null != notification.Accounts.Count is > 0 and <= Notification.MaxAccounts)
        {
            throw new ArgumentException($"Name either an audience or 1 to {Notification.MaxAccounts} accounts.", nameof(notification));
        }
    }

    // PostgreSQL stores no NUL and no lone surrogate.
    private static string Cut(string text, int maxLength)
        => string.Concat((text.Length > maxLength ? text[..(maxLength - 1)] + "…" : text).EnumerateRunes().Select(r => r.Value == 0 ? "\uFFFD" : r.ToString()));
}

/// <summary>Someone is to be told of something; the first step, which also keeps a second publishing from doing anything.</summary>
internal sealed record NotificationPublished(
    string Topic,
    string Key,
    string TextKey,
    IReadOnlyList<string> Args,
    string Link,
    string Excerpt,
    Guid? Except,
    string? Audience,
    IReadOnlyList<Guid> Accounts);

/// <summary>The next part of an audience is to be told.</summary>
/// <param name="After">Sign-in name of the last account already told; names are unique and never change.</param>
internal sealed record NotificationSpread(long Id, string Audience, Guid? Except, string After);
