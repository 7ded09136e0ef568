using System.Collections.Frozen;

namespace Plenum.Kernel.Notifications;

/// <summary>Every topic the modules registered, in the order of registration.</summary>
public sealed class TopicCatalog
{
    private readonly FrozenDictionary<string, NotificationTopic> _byName;

    /// <exception cref="ArgumentException">A topic is registered twice.</exception>
    public TopicCatalog(IEnumerable<NotificationTopic> topics)
    {
        Topics = [.. topics];
        _byName = Topics.ToDictionary(t => t.Name, StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);
    }

    public IReadOnlyList<NotificationTopic> Topics { get; }

    public NotificationTopic? Find(string name) => _byName.GetValueOrDefault(name);
}
