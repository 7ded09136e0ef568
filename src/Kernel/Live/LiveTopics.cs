using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Live;

/// <summary>
/// Publishes to and subscribes to topics, for server-sent events, chat and whoever else is connected. A message is written once, goes once
/// to every other node, and there to the sessions in memory. Nothing is kept: who connects later hears later messages.
/// </summary>
public sealed class LiveTopics : IDisposable
{
    public const int MaxTopicLength = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly ConcurrentDictionary<string, Listeners> _topics = new(StringComparer.Ordinal);
    private readonly AfterCommit _afterCommit;
    private readonly IServiceProvider _services;
    private readonly Meter _meter = new("Plenum.Live");
    private readonly Counter<long> _published;
    private int _sessions;

    public LiveTopics(AfterCommit afterCommit, IServiceProvider services)
    {
        (_afterCommit, _services) = (afterCommit, services);
        _published = _meter.CreateCounter<long>("plenum.live.published", "{message}");
        _meter.CreateObservableGauge("plenum.live.sessions", () => _sessions, "{session}");
    }

    /// <summary>Listens to some topics; to be disposed when the session ends.</summary>
    public LiveSubscription Subscribe(params IReadOnlyList<string> topics)
    {
        var subscription = new LiveSubscription([.. topics.Distinct(StringComparer.Ordinal)], Leave);
        foreach (var topic in subscription.Topics)
        {
            while (!_topics.GetOrAdd(topic, _ => new()).TryAdd(subscription))
            {
                // Emptied this very moment by the last that left; the next round makes a new one.
            }
        }

        Interlocked.Increment(ref _sessions);
        return subscription;
    }

    /// <summary>Tells everyone who listens now, on all nodes.</summary>
    public void Publish(string topic, ReadOnlyMemory<byte> payload)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        if (topic.Length > MaxTopicLength)
        {
            throw new ArgumentException($"A topic has {MaxTopicLength} characters at most.", nameof(topic));
        }

        _published.Add(1);
        Deliver(topic, payload);
        _services.GetService<LiveRelay>()?.Broadcast(topic, payload);
    }

    /// <summary>The same with a value, written as JSON once.</summary>
    public void PublishJson<T>(string topic, T value) => Publish(topic, JsonSerializer.SerializeToUtf8Bytes(value, Json));

    /// <summary>Tells it once the context's changes are committed, so that whoever looks finds them; not at all if they are rolled back.</summary>
    public void PublishAfterCommit(PlenumDb db, string topic, ReadOnlyMemory<byte> payload) => _afterCommit.Do(db, () => Publish(topic, payload));

    public void Dispose() => _meter.Dispose();

    /// <summary>Hands a message to the sessions of this node.</summary>
    internal void Deliver(string topic, ReadOnlyMemory<byte> payload)
    {
        if (_topics.TryGetValue(topic, out var listeners))
        {
            listeners.Offer(new(topic, payload));
        }
    }

    private void Leave(LiveSubscription subscription)
    {
        var isFirst = false;
        foreach (var topic in subscription.Topics)
        {
            if (_topics.TryGetValue(topic, out var listeners))
            {
                isFirst |= listeners.Remove(subscription, out var isEmpty);
                if (isEmpty)
                {
                    _topics.TryRemove(new(topic, listeners));
                }
            }
        }

        if (isFirst)
        {
            Interlocked.Decrement(ref _sessions);
        }
    }

    private sealed class Listeners
    {
        private readonly HashSet<LiveSubscription> _all = [];
        private bool _isEnded;

        public bool TryAdd(LiveSubscription subscription)
        {
            lock (_all)
            {
                if (!_isEnded)
                {
                    _all.Add(subscription);
                }

                return !_isEnded;
            }
        }

        public bool Remove(LiveSubscription subscription, out bool isEmpty)
        {
            lock (_all)
            {
                var wasThere = _all.Remove(subscription);
                _isEnded = isEmpty = _all.Count == 0;
                return wasThere;
            }
        }

        // Offering never waits, so the lock is short however many there are.
        public void Offer(LiveMessage message)
        {
            lock (_all)
            {
                foreach (var subscription in _all)
                {
                    subscription.Offer(message);
                }
            }
        }
    }
}
