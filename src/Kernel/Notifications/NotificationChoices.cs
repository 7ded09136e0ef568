using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Notifications;

/// <summary>A topic and what holds for a person.</summary>
/// <param name="IsDefault">The person chose nothing.</param>
public sealed record TopicChoice(NotificationTopic Topic, NotificationWay Way, bool IsDefault);

/// <summary>How a person wants to hear of each topic. Everyone decides for themselves, so no permission is asked.</summary>
public sealed class NotificationChoices(PlenumDb db, TopicCatalog topics)
{
    /// <summary>Every topic of this house with its choice, in the order of registration.</summary>
    public async Task<IReadOnlyList<TopicChoice>> OfAsync(AccountId account, CancellationToken cancellation)
    {
        var chosen = await db.Set<NotificationChoice>().Where(c => c.AccountId == account).ToDictionaryAsync(c => c.Topic, c => c.Way, cancellation);
        return
        [
            .. topics.Topics.Select(t => chosen.TryGetValue(t.Name, out var way)
                ? new TopicChoice(t, SpreadNotifications.WayOf(t, way), false)
                : new TopicChoice(t, t.Default, true)),
        ];
    }

    /// <param name="way">Null: the topic's default again.</param>
    /// <exception cref="RuleException">There is no such topic, or it cannot be muted.</exception>
    public async Task ChooseAsync(AccountId account, string topic, NotificationWay? way, CancellationToken cancellation)
    {
        var known = topics.Find(topic) ?? throw new RuleException("notifications.no-topic", topic);
        if (way == NotificationWay.Mute && !known.CanMute)
        {
            throw new RuleException("notifications.cannot-mute");
        }

        var choices = db.Set<NotificationChoice>().Where(c => c.AccountId == account && c.Topic == topic);
        if (way is null)
        {
            await choices.ExecuteDeleteAsync(cancellation);
        }
        else if (await choices.ExecuteUpdateAsync(c => c.SetProperty(x => x.Way, way), cancellation) == 0)
        {
            var (id, text) = (account.Value, way.ToString());
            await db.Database.ExecuteSqlAsync(
                $"""
                 INSERT INTO kernel_notification_choice (account_id, topic, way) VALUES ({id}, {topic}, {text})
                 ON CONFLICT (account_id, topic) DO UPDATE SET way = excluded.way
                 """,
                cancellation);
        }
    }
}
