using System.Collections.Concurrent;
using Plenum.Discussions.Domain;

namespace Plenum.Discussions.Reading;

/// <summary>How many threads the large boards have: counting twenty thousand takes longer than the page that shows fifty of them.</summary>
public sealed class ThreadCounts(TimeProvider clock)
{
    private const int Large = 1_000; // Smaller boards are counted each time: there one more is seen.
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<BoardId, (int Count, long Counted)> _held = new();

    /// <param name="count">Asks the database.</param>
    public async ValueTask<int> OfAsync(BoardId board, Func<Task<int>> count)
    {
        ArgumentNullException.ThrowIfNull(count);
        if (_held.TryGetValue(board, out var held) && clock.GetElapsedTime(held.Counted) < Lifetime)
        {
            return held.Count;
        }

        var counted = clock.GetTimestamp();
        var now = await count();
        if (now >= Large)
        {
            _held[board] = (now, counted);
        }

        return now;
    }
}
