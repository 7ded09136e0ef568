using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;

namespace Plenum.Discussions.Reading;

/// <summary>Remembers what people have read. Each rules over their own marks; a page writes only when there is something new to remember.</summary>
public sealed class ReadingMarks(PlenumDb db, TimeProvider clock)
{
    private static readonly TimeSpan FirstVisit = TimeSpan.FromDays(14); // What is new to someone who comes to a board for the first time.

    /// <summary>The viewer opens a board: from the first time on, what comes later is new.</summary>
    public async Task OpenAsync(Viewer viewer, Board board, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(board);
        if (viewer.Account is { } account && !await db.Set<BoardMark>().AnyAsync(m => m.AccountId == account && m.BoardId == board.Id, cancellation))
        {
            await WriteAsync(account, board, clock.GetUtcNow().UtcDateTime - FirstVisit, cancellation);
        }
    }

    /// <summary>Everything on the board counts as read.</summary>
    public async Task ReadAllAsync(Viewer viewer, Board board, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(board);
        var account = viewer.SignedInAccount;
        await WriteAsync(account, board, clock.GetUtcNow().UtcDateTime, cancellation);
        await db.Set<ReadingMark>().Where(r => r.AccountId == account && db.Set<BoardThread>().Any(t => t.Id == r.ThreadId && t.BoardId == board.Id))
            .ExecuteDeleteAsync(cancellation);
    }

    /// <summary>The viewer has seen a page of a thread.</summary>
    public async Task ReadAsync(Viewer viewer, ThreadPage page, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(page);
        if (viewer.Account is not { } account || page.Posts is [] || page.Posts.Max(p => p.PostedAt) is var newest && newest <= page.ReadUpTo)
        {
            return;
        }

        var (who, thread) = (account.Value, page.Thread.Id.Value);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO discussions_reading (account_id, thread_id, read_up_to) VALUES ({who}, {thread}, {newest})
             ON CONFLICT (account_id, thread_id) DO UPDATE SET read_up_to = excluded.read_up_to WHERE discussions_reading.read_up_to < excluded.read_up_to
             """,
            cancellation);
    }

    private async Task WriteAsync(AccountId account, Board board, DateTime upTo, CancellationToken cancellation)
    {
        var (who, where) = (account.Value, board.Id.Value);
        await db.Database.ExecuteSqlAsync(
            $"""
             INSERT INTO discussions_board_mark (account_id, board_id, read_up_to) VALUES ({who}, {where}, {upTo})
             ON CONFLICT (account_id, board_id) DO UPDATE SET read_up_to = excluded.read_up_to
             """,
            cancellation);
    }
}
