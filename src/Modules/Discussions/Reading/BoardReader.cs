using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;

namespace Plenum.Discussions.Reading;

/// <summary>
/// What people read: boards, threads, posts. Every method takes a board the caller got from <see cref="BoardDirectory"/>, which gives only
/// what the viewer may read; the queries stay within that board.
/// </summary>
public sealed class BoardReader(PlenumDb db, BoardDirectory boards, ThreadQueries queries, ThreadCounts counts)
{
    public const int PageSize = 50;
    public const string ByLastPost = "last";
    public const string ByStart = "started";
    public const string ByPosts = "posts";
    private const int MaxTree = 5_000; // Posts of a thread whose answers are arranged; beyond it the flat order serves.

    /// <summary>The boards the viewer may read, with what is new.</summary>
    public async Task<IReadOnlyList<BoardRow>> BoardsAsync(Viewer viewer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var readable = await boards.ReadableAsync(viewer, cancellation);
        var ids = readable.Select(b => b.Id).ToArray();
        var threads = await db.Set<BoardThread>().Where(t => ids.Contains(t.BoardId) && t.MergedInto == null)
            .GroupBy(t => t.BoardId).Select(g => new { g.Key, Count = g.Count(), Last = g.Max(t => t.LastPostAt) })
            .ToDictionaryAsync(g => g.Key, cancellation);
        var unread = viewer.Account is { } account ? await UnreadAsync(account, cancellation) : [];
        return
        [
            .. readable.Select(b => threads.TryGetValue(b.Id, out var g)
                ? new BoardRow(b, g.Count, g.Last, unread.GetValueOrDefault(b.Id))
                : new BoardRow(b, 0, null, 0)),
        ];
    }

    /// <summary>A page of a board's threads.</summary>
    /// <param name="sort">One of the keys of this class; any other sorts by the last post.</param>
    public async Task<ThreadList> ThreadsAsync(Viewer viewer, Board board, string? sort, bool isDescending, int page, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(board);
        var all = db.Set<BoardThread>().AsNoTracking().Where(t => t.BoardId == board.Id && t.MergedInto == null);
        var sorted = (sort, isDescending) switch
        {
            (ByStart, true) => all.OrderByDescending(t => t.StartedAt),
            (ByStart, false) => all.OrderBy(t => t.StartedAt),
            (ByPosts, true) => all.OrderByDescending(t => t.Posts).ThenByDescending(t => t.LastPostAt),
            (ByPosts, false) => all.OrderBy(t => t.Posts).ThenByDescending(t => t.LastPostAt),
            (_, false) when sort == ByLastPost => all.OrderBy(t => t.LastPostAt),
            _ => all.OrderByDescending(t => t.LastPostAt),
        };
        var slice = sorted.Skip((page - 1) * PageSize).Take(PageSize);
        var rows = viewer.Account is { } account
            ? await slice.Select(t => new ThreadRow(
                t.Id, t.Slug, t.Subject, t.StartedBy, t.StartedAt, t.LastPostBy, t.LastPostAt, t.Posts,
                db.Set<BoardMark>().Any(m => m.AccountId == account && m.BoardId == t.BoardId && m.ReadUpTo < t.LastPostAt)
                    && !db.Set<ReadingMark>().Any(r => r.AccountId == account && r.ThreadId == t.Id && r.ReadUpTo >= t.LastPostAt))).ToListAsync(cancellation)
            : await slice.Select(t => new ThreadRow(t.Id, t.Slug, t.Subject, t.StartedBy, t.StartedAt, t.LastPostBy, t.LastPostAt, t.Posts, false)).ToListAsync(cancellation);
        var total = page == 1 && rows.Count < PageSize ? rows.Count : await counts.OfAsync(board.Id, () => all.CountAsync(cancellation));
        return new(rows, total);
    }

    /// <summary>A thread by its address; for one that was merged, the thread its posts went to.</summary>
    public async Task<BoardThread?> FindThreadAsync(Board board, string slug, CancellationToken cancellation)
        => (await OpenThreadAsync(null, board, slug, cancellation))?.Thread;

    /// <summary>The same with how far someone has read it.</summary>
    /// <param name="reader">Null for a guest, who is not remembered.</param>
    public async Task<OpenThread?> OpenThreadAsync(AccountId? reader, Board board, string slug, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(board);
        var open = await queries.Open(db, board.Id, slug, reader ?? default, cancellation);
        for (var steps = 0; open?.Thread.MergedInto is { } next && steps < 10; steps++)
        {
            var into = await db.Set<BoardThread>().AsNoTracking().SingleAsync(t => t.Id == next, cancellation);
            open = await queries.Open(db, into.BoardId, into.Slug, reader ?? default, cancellation);
        }

        return open;
    }

    /// <summary>A page of a thread.</summary>
    public async Task<ThreadPage> PostsAsync(OpenThread open, ThreadView view, int page, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(open);
        var (thread, read) = (open.Thread, open.ReadUpTo);
        var pages = Math.Max(1, (thread.Posts + PageSize - 1) / PageSize);
        var shown = Math.Clamp(page, 1, pages);
        if (view == ThreadView.Tree && thread.Posts <= MaxTree)
        {
            var places = await OfThread(thread.Id).OrderBy(p => p.PostedAt).ThenBy(p => p.Id).Select(p => new { p.Id, p.ParentId }).ToListAsync(cancellation);
            var order = ThreadOutline.Arrange([.. places.Select(p => (p.Id, p.ParentId))]);
            var slice = order.Skip((shown - 1) * PageSize).Take(PageSize).ToList();
            var ids = slice.Select(s => s.Id).ToArray();
            var rows = await Rows(OfThread(thread.Id).Where(p => ids.Contains(p.Id))).ToDictionaryAsync(p => p.Id, cancellation);
            return new(thread, [.. slice.Where(s => rows.ContainsKey(s.Id)).Select(s => rows[s.Id] with { Depth = s.Depth })], order.Count, shown, read);
        }

        var before = (shown - 1) * PageSize;
        var posts = await queries.Posts(db, thread.Id, before, PageSize).ToListAsync(cancellation);
        return new(thread, posts, Math.Max(thread.Posts, before + posts.Count), shown, read);
    }

    /// <summary>A post by its name, with its thread and the page of the flat view it stands on.</summary>
    public async Task<(Post Post, BoardThread Thread, int Page)?> FindPostAsync(Board board, string hash, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(board);
        var found = await (from p in db.Set<Post>().AsNoTracking()
                           join t in db.Set<BoardThread>() on p.ThreadId equals t.Id
                           where p.BoardId == board.Id && p.Hash == hash && p.State == PostState.Published
                           select new { Post = p, Thread = t }).SingleOrDefaultAsync(cancellation);
        if (found is null)
        {
            return null;
        }

        var before = await OfThread(found.Thread.Id).CountAsync(p => p.PostedAt < found.Post.PostedAt, cancellation);
        return (found.Post, found.Thread, (before / PageSize) + 1);
    }

    /// <summary>A post of a thread by its name; the last one without a name.</summary>
    public async Task<PostRow?> FindRowAsync(BoardThread thread, string? hash, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(thread);
        var posts = OfThread(thread.Id);
        return hash is null
            ? await Rows(posts.OrderByDescending(p => p.PostedAt).ThenByDescending(p => p.Id)).FirstOrDefaultAsync(cancellation)
            : await Rows(posts.Where(p => p.Hash == hash)).SingleOrDefaultAsync(cancellation);
    }

    /// <summary>Where the reader goes on: the first new post in the flat view; null if nothing is new.</summary>
    public async Task<(string Anchor, int Page)?> FirstUnreadAsync(OpenThread open, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(open);
        if (open.ReadUpTo is not { } read)
        {
            return null;
        }

        var posts = OfThread(open.Thread.Id);
        var first = await Rows(posts.Where(p => p.PostedAt > read).OrderBy(p => p.PostedAt).ThenBy(p => p.Id)).FirstOrDefaultAsync(cancellation);
        return first is null ? null : (first.Anchor, (await posts.CountAsync(p => p.PostedAt <= read, cancellation) / PageSize) + 1);
    }

    /// <summary>The newest posts of a board with their words, for its feed.</summary>
    public async Task<IReadOnlyList<Post>> NewestAsync(Board board, int count, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(board);
        return await db.Set<Post>().AsNoTracking().Include(p => p.Body).Where(p => p.BoardId == board.Id && p.State == PostState.Published)
            .OrderByDescending(p => p.PostedAt).Take(count).ToListAsync(cancellation);
    }

    /// <summary>The words of a post, to be quoted in an answer.</summary>
    public Task<string?> TextAsync(PostId post, CancellationToken cancellation)
        => db.Set<PostBody>().Where(b => b.PostId == post).Select(b => (string?)b.Text).SingleOrDefaultAsync(cancellation);

    private IQueryable<PostRow> Rows(IQueryable<Post> posts)
        => posts.Select(p => new PostRow(
            p.Id, p.ParentId, p.Hash, p.AuthorId, db.Set<Account>().Where(a => a.Id == p.AuthorId && a.State != AccountState.Closed).Select(a => a.Login).FirstOrDefault(),
            p.AuthorName, p.Origin, p.Subject, p.PostedAt, 0));

    private IQueryable<Post> OfThread(ThreadId thread) => db.Set<Post>().AsNoTracking().Where(p => p.ThreadId == thread && p.State == PostState.Published);

    private async Task<Dictionary<BoardId, int>> UnreadAsync(AccountId account, CancellationToken cancellation)
        => await (from m in db.Set<BoardMark>()
                  join t in db.Set<BoardThread>() on m.BoardId equals t.BoardId
                  where m.AccountId == account && t.MergedInto == null && t.LastPostAt > m.ReadUpTo
                      && !db.Set<ReadingMark>().Any(r => r.AccountId == account && r.ThreadId == t.Id && r.ReadUpTo >= t.LastPostAt)
                  group t by t.BoardId into g
                  select new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellation);
}
