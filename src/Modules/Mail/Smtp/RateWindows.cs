using System.Collections.Concurrent;

namespace Plenum.Mail.Smtp;

/// <summary>Counts per key within a window of time, in the memory of this node. A restart forgets them.</summary>
internal sealed class RateWindows<TKey>(TimeSpan length, TimeProvider clock)
    where TKey : notnull
{
    private const int MaxKeys = 100_000; // About 10 MB under a flood of addresses; then all windows begin anew.
    private readonly ConcurrentDictionary<TKey, (DateTimeOffset Began, int Count)> _windows = new();

    /// <summary>Counts if the limit allows it.</summary>
    /// <returns>False if the key has to wait for the next window.</returns>
    public bool TryCount(TKey key, int limit, int by = 1)
    {
        if (IsFull(key, limit))
        {
            return false;
        }

        Count(key, by);
        return true;
    }

    public bool IsFull(TKey key, int limit)
        => _windows.TryGetValue(key, out var window) && window.Count >= limit && clock.GetUtcNow() - window.Began < length;

    public void Count(TKey key, int by = 1)
    {
        if (_windows.Count >= MaxKeys)
        {
            _windows.Clear();
        }

        var now = clock.GetUtcNow();
        _windows.AddOrUpdate(key, _ => (now, by), (_, held) => now - held.Began < length ? (held.Began, held.Count + by) : (now, by));
    }
}
