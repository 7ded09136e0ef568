using Microsoft.EntityFrameworkCore;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Data;
using Plenum.Kernel.Outbox;

namespace Plenum.Discussions.Posting;

/// <summary>
/// Puts a thread's figures right: of two posts at the same moment, one may have been counted over. Then pages that guests get from the cache
/// are made anew; here, one post after another, so that writers of posts never wait for each other's stamp.
/// </summary>
internal sealed class CountThread(PlenumDb db) : IEventHandler<PostPublished>
{
    /// <summary>Name of the stamp that changes with every post.</summary>
    public const string Stamp = "discussions.posts";

    public async Task HandleAsync(PostPublished happened, CancellationToken cancellation)
    {
        var thread = await (from p in db.Set<Post>()
                            join t in db.Set<BoardThread>() on p.ThreadId equals t.Id
                            where p.Id == happened.Post
                            select t).SingleOrDefaultAsync(cancellation);
        if (thread is null)
        {
            return;
        }

        var posts = db.Set<Post>().AsNoTracking().Where(p => p.ThreadId == thread.Id && p.State == PostState.Published);
        var count = await posts.CountAsync(cancellation);
        var first = await posts.OrderBy(p => p.PostedAt).ThenBy(p => p.Id).FirstAsync(cancellation);
        var last = await posts.OrderByDescending(p => p.PostedAt).ThenByDescending(p => p.Id).FirstAsync(cancellation);
        thread.Recount(count, first, last);
        await db.TouchAsync(Stamp, cancellation);
    }
}
