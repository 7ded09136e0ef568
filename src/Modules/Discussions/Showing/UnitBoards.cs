using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Contracts.Site;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;

namespace Plenum.Discussions.Showing;

/// <summary>A unit's boards as doors on its page.</summary>
internal sealed class UnitBoards(BoardDirectory boards, Texts texts) : IUnitDoors
{
    private const int MaxDoors = 6;

    public int Order => 30;

    public async ValueTask<IReadOnlyList<UnitDoor>> OfAsync(OrgUnitId unit, IReadOnlyCollection<int> audiences, CancellationToken cancellation)
    {
        var found = (await boards.TableAsync(cancellation)).All.Where(b => b.UnitId == unit && !b.IsClosed && audiences.Contains(b.ReaderAudienceId)).ToList();
        IEnumerable<UnitDoor> more = found.Count > MaxDoors ? [new(texts["discussions.boards.all"], "/boards", "board")] : [];
        return [.. found.Take(MaxDoors).Select(b => new UnitDoor(b.Title, b.Path, b.IsAnnounceOnly ? "press" : "board", b.Description.Length > 0 ? b.Description : null)), .. more];
    }
}

/// <summary>Threads with something new on the boards a person has subscribed to.</summary>
internal sealed class UnreadThreads(PlenumDb db, BoardDirectory boards, Texts texts) : IOwnThings
{
    public int Order => 30;

    public string TitleKey => "discussions.own.unread";

    public async ValueTask<IReadOnlyList<OwnThing>> OfAsync(AccountId account, IReadOnlyCollection<int> audiences, int count, CancellationToken cancellation)
    {
        var table = await boards.TableAsync(cancellation);
        var ids = table.All.Where(b => audiences.Contains(b.ReaderAudienceId)).Select(b => b.Id).ToArray();
        var found = await (from m in db.Set<BoardMark>()
                           join t in db.Set<BoardThread>() on m.BoardId equals t.BoardId
                           where m.AccountId == account && ids.Contains(t.BoardId) && t.MergedInto == null && t.LastPostAt > m.ReadUpTo
                               && !db.Set<ReadingMark>().Any(r => r.AccountId == account && r.ThreadId == t.Id && r.ReadUpTo >= t.LastPostAt)
                               && db.Set<Subscription>().Any(s => s.AccountId == account && s.BoardId == t.BoardId)
                           orderby t.LastPostAt descending
                           select t).AsNoTracking().Take(count).ToListAsync(cancellation);
        return
        [
            .. found.Select(t => new OwnThing(
                t.Subject.Length > 0 ? t.Subject : texts["discussions.no-subject"], t.PathOn(table.Find(t.BoardId)!) + "?unread", t.LastPostAt, table.Find(t.BoardId)!.Title)),
        ];
    }
}
