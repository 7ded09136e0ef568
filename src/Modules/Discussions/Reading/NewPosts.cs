using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Data;
using Plenum.Kernel.Live;

namespace Plenum.Discussions.Reading;

/// <summary>
/// Tells open pages how many posts appeared since they were made. Posts announce themselves on live topics the moment they are committed,
/// on whichever node; the database is asked once for each page, and again only after a gap.
/// </summary>
public sealed class NewPosts(LiveTopics topics, IDbContextFactory<PlenumDb> contexts, IHostApplicationLifetime lifetime)
{
    /// <summary>Readers of one node; more get no notice and read on.</summary>
    public const int MaxListeners = 10_000;

    private int _listeners;

    public static string TopicOf(BoardId board) => $"discussions.board:{board.Value:N}";

    public static string TopicOf(ThreadId thread) => $"discussions.thread:{thread.Value:N}";

    /// <summary>Announces a post once it is committed.</summary>
    internal static void Announce(LiveTopics topics, PlenumDb db, Post post)
    {
        topics.PublishAfterCommit(db, TopicOf(post.BoardId), default);
        topics.PublishAfterCommit(db, TopicOf(post.ThreadId!.Value), default);
    }

    /// <summary>The number of posts that appeared, whenever it grows.</summary>
    /// <param name="thread">Only this thread; null for the whole board.</param>
    /// <param name="since">When the page was made, UTC.</param>
    public async IAsyncEnumerable<int> CountAsync(BoardId board, ThreadId? thread, DateTime since, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _listeners) > MaxListeners)
        {
            Interlocked.Decrement(ref _listeners);
            yield break;
        }

        try
        {
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lifetime.ApplicationStopping);
            using var subscription = topics.Subscribe(thread is { } one ? TopicOf(one) : TopicOf(board));
            var count = await ReadAsync(board, thread, since, ends.Token);
            yield return count;
            await foreach (var message in subscription.ReadAllAsync(ends.Token))
            {
                count = message.IsGap ? await ReadAsync(board, thread, since, ends.Token) : count + 1;
                yield return count;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _listeners);
        }
    }

    private async Task<int> ReadAsync(BoardId board, ThreadId? thread, DateTime since, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Set<Post>().CountAsync(
            p => p.BoardId == board && p.State == PostState.Published && p.PostedAt > since && (thread == null || p.ThreadId == thread), cancellation);
    }
}
