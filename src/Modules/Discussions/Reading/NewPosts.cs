using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Data;

namespace Plenum.Discussions.Reading;

/// <summary>
/// Tells open pages how many posts appeared since they were made. One query a second for all readers of this node, and none while nobody
/// listens; posts of other nodes are seen the same way.
/// </summary>
public sealed class NewPosts(IDbContextFactory<PlenumDb> contexts, TimeProvider clock)
{
    /// <summary>Readers of one node; more get no notice and read on.</summary>
    public const int MaxListeners = 10_000;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1); // "Within two seconds" on the page, too.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(5); // A transaction may commit later than its post's time says.
    private readonly Lock _gate = new();
    private readonly HashSet<Listener> _listeners = [];
    private Task _watching = Task.CompletedTask;

    /// <summary>The number of posts that appeared, whenever it grows.</summary>
    /// <param name="thread">Only this thread; null for the whole board.</param>
    /// <param name="since">When the page was made, UTC.</param>
    public async IAsyncEnumerable<int> CountAsync(BoardId board, ThreadId? thread, DateTime since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var listener = new Listener(board, thread, since);
        lock (_gate)
        {
            if (_listeners.Count >= MaxListeners)
            {
                yield break;
            }

            _listeners.Add(listener);
            if (_watching.IsCompleted)
            {
                _watching = Task.Run(WatchAsync, CancellationToken.None);
            }
        }

        try
        {
            await foreach (var count in listener.Counts.Reader.ReadAllAsync(cancellation))
            {
                yield return count;
            }
        }
        finally
        {
            lock (_gate)
            {
                _listeners.Remove(listener);
            }
        }
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var seen = new Dictionary<PostId, DateTime>();
        var from = clock.GetUtcNow().UtcDateTime - Overlap;
        while (await timer.WaitForNextTickAsync())
        {
            Listener[] listeners;
            lock (_gate)
            {
                if (_listeners.Count == 0)
                {
                    _watching = Task.CompletedTask;
                    return;
                }

                listeners = [.. _listeners];
            }

            try
            {
                from = await TellAsync(listeners, seen, from);
            }
            catch (Exception unreachable) when (unreachable is System.Data.Common.DbException or InvalidOperationException or TimeoutException)
            {
                // The database is away for a moment: the next tick asks from the same instant on.
            }
        }
    }

    private async Task<DateTime> TellAsync(Listener[] listeners, Dictionary<PostId, DateTime> seen, DateTime from)
    {
        await using var db = await contexts.CreateDbContextAsync();
        var boards = listeners.Select(l => l.Board).Distinct().ToArray();
        var now = clock.GetUtcNow().UtcDateTime;
        var found = await db.Set<Post>().Where(p => boards.Contains(p.BoardId) && p.State == PostState.Published && p.PostedAt > from)
            .Select(p => new { p.Id, p.BoardId, p.ThreadId, p.PostedAt }).ToListAsync();
        foreach (var post in found.Where(p => seen.TryAdd(p.Id, p.PostedAt)))
        {
            foreach (var listener in listeners)
            {
                listener.Hear(post.BoardId, post.ThreadId, post.PostedAt);
            }
        }

        var next = now - Overlap;
        foreach (var old in seen.Where(s => s.Value < next).Select(s => s.Key).ToList())
        {
            seen.Remove(old);
        }

        return next > from ? next : from;
    }

    private sealed class Listener(BoardId board, ThreadId? thread, DateTime since)
    {
        private int _count;

        public BoardId Board => board;

        public Channel<int> Counts { get; } = Channel.CreateBounded<int>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

        public void Hear(BoardId postedOn, ThreadId? postedIn, DateTime postedAt)
        {
            if (postedOn == board && (thread is null || postedIn == thread) && postedAt > since)
            {
                Counts.Writer.TryWrite(++_count);
            }
        }
    }
}
