using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Contracts.Site;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;

namespace Plenum.Discussions.Showing;

/// <summary>What stands newest on the boards, for the home page and the pages of units.</summary>
internal abstract class NewestPosts(PlenumDb db, BoardDirectory boards, Access access) : INewestThings
{
    public abstract NewestKind Kind { get; }

    public abstract string TitleKey { get; }

    public virtual string? MoreHref(string unitPath) => "/boards";

    public async ValueTask<IReadOnlyList<NewestThing>> NewestAsync(
        OrgUnitId unit, bool withBelow, IReadOnlyCollection<int> audiences, int count, CancellationToken cancellation)
    {
        var tree = await access.TreeAsync(cancellation);
        if (tree.Find(unit) is not { } node)
        {
            return [];
        }

        var shown = (await boards.TableAsync(cancellation)).All
            .Where(b => Shows(b) && audiences.Contains(b.ReaderAudienceId)
                && (b.UnitId == unit || (withBelow && tree.Find(b.UnitId) is { } of && (node.Path.Length == 0 || of.Path.StartsWith(node.Path + "/", StringComparison.Ordinal)))))
            .ToDictionary(b => b.Id);
        var ids = shown.Keys.ToArray();
        return ids is [] ? [] : await ReadAsync(db, shown, ids, count, cancellation);
    }

    protected abstract bool Shows(Board board);

    protected abstract Task<IReadOnlyList<NewestThing>> ReadAsync(PlenumDb db, Dictionary<BoardId, Board> boards, BoardId[] ids, int count, CancellationToken cancellation);
}

/// <summary>Announcements: the newest threads of boards that only announce.</summary>
internal sealed class NewestAnnouncements(PlenumDb db, BoardDirectory boards, Access access) : NewestPosts(db, boards, access)
{
    public override NewestKind Kind => NewestKind.News;

    public override string TitleKey => "discussions.newest.announcements";

    protected override bool Shows(Board board) => board.IsAnnounceOnly;

    protected override async Task<IReadOnlyList<NewestThing>> ReadAsync(PlenumDb db, Dictionary<BoardId, Board> boards, BoardId[] ids, int count, CancellationToken cancellation)
    {
        const int ExcerptLength = 400; // Of it the page shows about two lines.
        var found = await (from t in db.Set<BoardThread>()
                           join b in db.Set<PostBody>() on t.FirstPostId equals b.PostId
                           where ids.Contains(t.BoardId) && t.MergedInto == null
                           orderby t.StartedAt descending
                           select new { t.BoardId, t.Slug, t.Subject, t.StartedAt, t.StartedBy, t.Posts, Text = b.Text.Substring(0, ExcerptLength) }).Take(count).ToListAsync(cancellation);
        return
        [
            .. found.Select(t => new NewestThing(t.Subject, $"{boards[t.BoardId].Path}/{t.Slug}", t.StartedAt)
            {
                Author = t.StartedBy,
                Place = boards[t.BoardId].Title,
                Excerpt = PlainWords.Of(t.Text),
                Replies = t.Posts - 1,
            }),
        ];
    }
}

/// <summary>Debates: the threads with the newest posts on all other boards.</summary>
internal sealed class NewestDebates(PlenumDb db, BoardDirectory boards, Access access) : NewestPosts(db, boards, access)
{
    public override NewestKind Kind => NewestKind.Discussion;

    public override string TitleKey => "discussions.newest.debates";

    protected override bool Shows(Board board) => !board.IsAnnounceOnly;

    protected override async Task<IReadOnlyList<NewestThing>> ReadAsync(PlenumDb db, Dictionary<BoardId, Board> boards, BoardId[] ids, int count, CancellationToken cancellation)
    {
        var found = await db.Set<BoardThread>().AsNoTracking().Where(t => ids.Contains(t.BoardId) && t.MergedInto == null)
            .OrderByDescending(t => t.LastPostAt).Take(count).ToListAsync(cancellation);
        return
        [
            .. found.Select(t => new NewestThing(t.Subject, t.PathOn(boards[t.BoardId]), t.LastPostAt)
            {
                Author = t.LastPostBy,
                Place = boards[t.BoardId].Title,
                Replies = t.Posts - 1,
            }),
        ];
    }
}
