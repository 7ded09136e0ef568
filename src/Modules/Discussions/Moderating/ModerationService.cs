using Microsoft.EntityFrameworkCore;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Posting;
using Plenum.Kernel;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Permissions;

namespace Plenum.Discussions.Moderating;

/// <summary>Posts that wait for a decision.</summary>
public sealed class ModerationService(PlenumDb db, Access access, PostIntake intake, Audit audit, TimeProvider clock)
{
    private const int MaxShown = 100;

    /// <summary>The oldest waiting posts with their words.</summary>
    /// <exception cref="DeniedException">The viewer does not moderate the board.</exception>
    public async Task<IReadOnlyList<Post>> WaitingAsync(Viewer viewer, Board board, CancellationToken cancellation)
    {
        await DemandAsync(viewer, board, cancellation);
        return await db.Set<Post>().AsNoTracking().Include(p => p.Body).Where(p => p.BoardId == board.Id && p.State == PostState.Held)
            .OrderBy(p => p.PostedAt).Take(MaxShown).ToListAsync(cancellation);
    }

    /// <summary>How many wait; 0 for those who do not moderate.</summary>
    public async Task<int> CountAsync(Viewer viewer, Board board, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(board);
        return await access.MayAsync(viewer, DiscussionsPermissions.Moderate, board.UnitId, cancellation)
            ? await db.Set<Post>().CountAsync(p => p.BoardId == board.Id && p.State == PostState.Held, cancellation)
            : 0;
    }

    /// <summary>Lets a post appear and go to the subscribers.</summary>
    /// <exception cref="RuleException">Somebody decided already.</exception>
    public async Task ApproveAsync(Viewer viewer, Board board, PostId id, CancellationToken cancellation)
    {
        await DemandAsync(viewer, board, cancellation);
        var post = await FindAsync(board, id, cancellation);
        post.Approve(clock.GetUtcNow().UtcDateTime);
        await intake.PublishAsync(post, cancellation);
        audit.Record(db, viewer.Account, "discussions.post-approved", post.Hash, board.UnitId);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Keeps a post out. Its sender is not told: half of them are forged.</summary>
    /// <exception cref="RuleException">Somebody decided already.</exception>
    public async Task RejectAsync(Viewer viewer, Board board, PostId id, CancellationToken cancellation)
    {
        await DemandAsync(viewer, board, cancellation);
        var post = await FindAsync(board, id, cancellation);
        post.Reject();
        audit.Record(db, viewer.Account, "discussions.post-rejected", post.Hash, board.UnitId);
        await db.SaveChangesAsync(cancellation);
    }

    private async Task<Post> FindAsync(Board board, PostId id, CancellationToken cancellation)
        => await db.Set<Post>().SingleOrDefaultAsync(p => p.Id == id && p.BoardId == board.Id, cancellation) ?? throw new RuleException("discussions.post.gone");

    private ValueTask DemandAsync(Viewer viewer, Board board, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(board);
        return access.DemandAsync(viewer, DiscussionsPermissions.Moderate, board.UnitId, cancellation);
    }
}

/// <summary>Forgets what was held or rejected long ago, with its message and files. Safe to run twice.</summary>
internal sealed class ForgetHeldPosts(PlenumDb db, Blobs blobs, Microsoft.Extensions.Options.IOptions<DiscussionsOptions> options, TimeProvider clock) : IJob
{
    private const int BatchSize = 100;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var old = clock.GetUtcNow().UtcDateTime.AddDays(-options.Value.HeldDays);
        while (await db.Set<Post>().Where(p => p.State != PostState.Published && p.ReceivedAt < old).OrderBy(p => p.ReceivedAt).Take(BatchSize).ToListAsync(cancellation)
            is not [] and var batch)
        {
            foreach (var post in batch)
            {
                foreach (var file in await db.Set<Attachment>().Where(a => a.PostId == post.Id).ToListAsync(cancellation))
                {
                    await blobs.ReleaseAsync(db, DiscussionsModule.Name, file.BlobKey, cancellation);
                    db.Remove(file);
                }

                await blobs.ReleaseAsync(db, DiscussionsModule.Name, post.BlobKey, cancellation);
                db.RemoveRange(await db.Set<PostBody>().Where(b => b.PostId == post.Id).ToListAsync(cancellation));
                db.Remove(post);
            }

            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
        }
    }
}
