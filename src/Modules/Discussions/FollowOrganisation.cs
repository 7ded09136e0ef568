using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Data;
using Plenum.Kernel.Outbox;

namespace Plenum.Discussions;

/// <summary>An account ended: its subscriptions and marks go, its posts stay under their name.</summary>
internal sealed class ForgetAccount(PlenumDb db) : IEventHandler<AccountClosed>
{
    public async Task HandleAsync(AccountClosed happened, CancellationToken cancellation)
    {
        await db.Set<Subscription>().Where(s => s.AccountId == happened.Account).ExecuteDeleteAsync(cancellation);
        await db.Set<ReadingMark>().Where(r => r.AccountId == happened.Account).ExecuteDeleteAsync(cancellation);
        await db.Set<BoardMark>().Where(m => m.AccountId == happened.Account).ExecuteDeleteAsync(cancellation);
    }
}

/// <summary>A unit went into another: its boards are the other's now.</summary>
internal sealed class FollowMerger(PlenumDb db, Outbox outbox) : IEventHandler<UnitMerged>
{
    public async Task HandleAsync(UnitMerged happened, CancellationToken cancellation)
    {
        foreach (var board in await db.Set<Board>().Where(b => b.UnitId == happened.Unit).ToListAsync(cancellation))
        {
            board.BelongTo(happened.Into);
            outbox.Add(db, new BoardChanged(board.Id));
        }
    }
}

/// <summary>A unit ended: its boards take no more posts.</summary>
internal sealed class CloseBoards(PlenumDb db, TimeProvider clock) : IEventHandler<UnitClosed>
{
    public async Task HandleAsync(UnitClosed happened, CancellationToken cancellation)
    {
        foreach (var board in await db.Set<Board>().Where(b => b.UnitId == happened.Unit).ToListAsync(cancellation))
        {
            board.Close(clock.GetUtcNow().UtcDateTime);
        }
    }
}
