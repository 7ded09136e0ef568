using Microsoft.EntityFrameworkCore;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Reading;
using Plenum.Kernel.Data;
using Plenum.Kernel.Live;
using Plenum.Kernel.Outbox;

namespace Plenum.Discussions.Posting;

/// <summary>A post has appeared.</summary>
public sealed record PostPublished(PostId Post, BoardId Board);

/// <summary>Gives posts their place in a thread and their event. Everything lands in the scope's unit of work; the caller saves.</summary>
public sealed class PostIntake(PlenumDb db, Outbox outbox, LiveTopics live)
{
    /// <summary>Publishes one post: thread, event. Its body must be there already.</summary>
    public async Task PublishAsync(Post post, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(post);
        var places = await PlacesForAsync(post.BoardId, [post], cancellation);
        places.Place(post);
        if (db.Entry(post).State == EntityState.Detached)
        {
            db.Add(post);
        }

        await KeepAsync(places, cancellation);
        outbox.Add(db, new PostPublished(post.Id, post.BoardId));
        NewPosts.Announce(live, db, post);
    }

    /// <summary>Keeps a post for a moderator: no thread yet.</summary>
    public void Hold(Post post, HoldReason reason)
    {
        ArgumentNullException.ThrowIfNull(post);
        post.Hold(reason);
        db.Add(post);
        outbox.Add(db, new PostHeld(post.Id, post.BoardId));
    }

    /// <summary>What must be known to place these posts, in one query for each kind.</summary>
    internal async Task<ThreadPlaces> PlacesForAsync(BoardId board, IReadOnlyCollection<Post> posts, CancellationToken cancellation)
    {
        var own = posts.Select(p => p.Hash).ToArray();
        var hashes = posts.SelectMany(p => p.ReferenceList.Select(MessageHash.Of)).Concat(own).Distinct(StringComparer.Ordinal).ToArray();
        var subjects = posts.Where(p => p.References.Length == 0).Select(p => SubjectLine.Read(p.Subject)).Where(s => s.IsReply && s.Key.Length > 0)
            .Select(s => s.Key).Distinct(StringComparer.Ordinal).ToArray();
        var known = await db.Set<Post>().Where(p => p.BoardId == board && hashes.Contains(p.Hash) && p.ThreadId != null)
            .Select(p => new { p.Hash, p.Id, p.ThreadId }).ToListAsync(cancellation);
        var expected = await db.Set<ExpectedMessage>().Where(e => e.BoardId == board && hashes.Contains(e.Hash)).ToListAsync(cancellation);
        var children = expected.Exists(e => own.Contains(e.Hash))
            ? await db.Set<Post>().Where(p => p.BoardId == board && own.Contains(p.ParentHash!) && p.ThreadId != null).ToListAsync(cancellation)
            : [];
        var wanted = known.Select(k => k.ThreadId!.Value).Concat(expected.Select(e => e.ThreadId)).Distinct().ToArray();
        var recent = posts.Min(p => p.PostedAt) - ThreadPlaces.SubjectMemory;
        var threads = await db.Set<BoardThread>()
            .Where(t => t.BoardId == board && (wanted.Contains(t.Id) || (subjects.Contains(t.SubjectKey) && t.LastPostAt > recent && t.MergedInto == null)))
            .ToListAsync(cancellation);
        return new(known.Select(k => (k.Hash, k.Id, k.ThreadId!.Value)), expected, children, threads);
    }

    /// <summary>Writes what placing changed.</summary>
    internal async Task KeepAsync(ThreadPlaces places, CancellationToken cancellation)
    {
        db.AddRange(places.Begun);
        db.AddRange(places.NewlyExpected);
        db.RemoveRange(places.Arrived);
        foreach (var (from, to) in places.Merged)
        {
            // Seldom and small: what answered a message that came late. Some may be new like it and not in the database yet.
            var moving = await db.Set<Post>().Where(p => p.ThreadId == from.Id).ToListAsync(cancellation);
            foreach (var post in moving.Union(db.Set<Post>().Local.Where(p => p.ThreadId == from.Id)).ToList())
            {
                post.StandIn(to.Id, post.ParentId);
                to.Hear(post);
            }

            foreach (var message in await db.Set<ExpectedMessage>().Where(e => e.ThreadId == from.Id).ToListAsync(cancellation))
            {
                message.ThreadId = to.Id;
            }
        }
    }
}
