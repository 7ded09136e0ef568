using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Posting;
using Plenum.Kernel.Api;
using Plenum.Kernel.Data;
using Plenum.Kernel.Web;

namespace Plenum.Discussions.Api;

/// <param name="Address">Its mail address; null for a board on the web alone.</param>
internal sealed record BoardResource(Guid Id, string Slug, string Title, string Description, string Language, Guid Unit, string? Address, bool IsAnnounceOnly, bool IsClosed);

internal sealed record ThreadResource(Guid Id, string Slug, string Subject, string StartedBy, DateTime StartedAt, string LastPostBy, DateTime LastPostAt, int Posts);

/// <param name="Name">Names the post within its board, for answers.</param>
/// <param name="Answers">Name of the post it answers.</param>
/// <param name="Text">Markdown of posts from the web, plain text of mails.</param>
internal sealed record PostResource(string Name, string Subject, string Author, PostOrigin Origin, DateTime PostedAt, string? Answers, string Text);

internal sealed record ThreadWanted(string Subject, string Text);

/// <param name="Answers">Name of the post that is answered; the last one if not given.</param>
internal sealed record PostWanted(string Text, string? Answers);

internal sealed record PostMade(string Name, Guid Thread);

/// <summary>Boards, threads and posts for programs. A board the caller may not read does not exist.</summary>
internal static class BoardsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var boards = api.MapGroup("boards").WithTags("Boards");
        boards.MapGet("", ListAsync).WithSummary("Boards the caller may read, by slug.");
        boards.MapGet("{board}", FindAsync).WithSummary("One board.");
        boards.MapGet("{board}/threads", ThreadsAsync).WithSummary("Threads, the one written in last first.");
        boards.MapPost("{board}/threads", BeginAsync).WithSummary("Begin a thread; subscribers get it by mail.");
        boards.MapGet("{board}/threads/{thread}/posts", PostsAsync).WithSummary("Posts of a thread by time.");
        boards.MapPost("{board}/threads/{thread}/posts", AnswerAsync).WithSummary("Answer in a thread.");
    }

    private static async Task<Page<BoardResource>> ListAsync([AsParameters] PageRequest page, HttpContext http, CurrentViewer current, BoardDirectory directory)
    {
        var after = page.Cursor<string>();
        var found = (await directory.ReadableAsync(current.Viewer, http.RequestAborted)).OrderBy(b => b.Slug, StringComparer.Ordinal)
            .SkipWhile(b => after is not null && string.CompareOrdinal(b.Slug, after) <= 0).Take(page.Take).ToList();
        return page.Of(http, found, b => b.Slug, Resource);
    }

    private static async Task<Results<Ok<BoardResource>, NotFound>> FindAsync(string board, HttpContext http, CurrentViewer current, BoardDirectory directory)
        => await directory.FindAsync(current.Viewer, board, http.RequestAborted) is { } found ? TypedResults.Ok(Resource(found)) : TypedResults.NotFound();

    private static async Task<Results<Ok<Page<ThreadResource>>, NotFound>> ThreadsAsync(
        string board, [AsParameters] PageRequest page, HttpContext http, CurrentViewer current, BoardDirectory directory, PlenumDb db)
    {
        if (await directory.FindAsync(current.Viewer, board, http.RequestAborted) is not { } found)
        {
            return TypedResults.NotFound();
        }

        var id = found.Id;
        var threads = db.Set<BoardThread>().AsNoTracking().Where(t => t.BoardId == id && t.MergedInto == null);
        if (page.Cursor<ThreadCursor>() is { } after)
        {
            threads = threads.Where(t => t.LastPostAt < after.At || (t.LastPostAt == after.At && t.Slug.CompareTo(after.Slug) < 0));
        }

        var rows = await threads.OrderByDescending(t => t.LastPostAt).ThenByDescending(t => t.Slug).Take(page.Take).ToListAsync(http.RequestAborted);
        return TypedResults.Ok(page.Of(http, rows, t => new ThreadCursor(t.LastPostAt, t.Slug), Resource));
    }

    private static async Task<Results<Ok<Page<PostResource>>, NotFound>> PostsAsync(
        string board, string thread, [AsParameters] PageRequest page, HttpContext http, CurrentViewer current, BoardDirectory directory, Reading.BoardReader reader, PlenumDb db)
    {
        if (await directory.FindAsync(current.Viewer, board, http.RequestAborted) is not { } found || await reader.FindThreadAsync(found, thread, http.RequestAborted) is not { } known)
        {
            return TypedResults.NotFound();
        }

        var id = known.Id;
        var posts = db.Set<Post>().AsNoTracking().Include(p => p.Body).Where(p => p.ThreadId == id && p.State == PostState.Published);
        if (page.Cursor<PostCursor>() is { } after)
        {
            posts = posts.Where(p => p.PostedAt > after.At || (p.PostedAt == after.At && p.Hash.CompareTo(after.Name) > 0));
        }

        var rows = await posts.OrderBy(p => p.PostedAt).ThenBy(p => p.Hash).Take(page.Take).ToListAsync(http.RequestAborted);
        return TypedResults.Ok(page.Of(http, rows, p => new PostCursor(p.PostedAt, p.Hash), Resource));
    }

    private static async Task<Results<Created<PostMade>, NotFound>> BeginAsync(
        string board, ThreadWanted wanted, HttpContext http, CurrentViewer current, BoardDirectory directory, PostService posts)
    {
        if (await directory.FindAsync(current.Viewer, board, http.RequestAborted) is not { } found)
        {
            return TypedResults.NotFound();
        }

        var written = await posts.BeginAsync(current.Viewer, found, wanted.Subject ?? "", wanted.Text ?? "", http.RequestAborted);
        return TypedResults.Created($"/api/v1/boards/{found.Slug}/threads", new PostMade(written.Hash, written.Thread.Value));
    }

    private static async Task<Results<Created<PostMade>, NotFound>> AnswerAsync(
        string board, string thread, PostWanted wanted, HttpContext http, CurrentViewer current, BoardDirectory directory, Reading.BoardReader reader, PostService posts)
    {
        if (await directory.FindAsync(current.Viewer, board, http.RequestAborted) is not { } found
            || await reader.FindThreadAsync(found, thread, http.RequestAborted) is not { } known
            || await reader.FindRowAsync(known, wanted.Answers, http.RequestAborted) is not { } answered)
        {
            return TypedResults.NotFound();
        }

        var written = await posts.ReplyAsync(current.Viewer, found, answered.Id, wanted.Text ?? "", http.RequestAborted);
        return TypedResults.Created($"/api/v1/boards/{found.Slug}/threads/{known.Slug}/posts", new PostMade(written.Hash, written.Thread.Value));
    }

    private static BoardResource Resource(Board board)
        => new(board.Id.Value, board.Slug, board.Title, board.Description, board.Language, board.UnitId.Value, board.Address, board.IsAnnounceOnly, board.IsClosed);

    private static ThreadResource Resource(BoardThread thread)
        => new(thread.Id.Value, thread.Slug, thread.Subject, thread.StartedBy, thread.StartedAt, thread.LastPostBy, thread.LastPostAt, thread.Posts);

    private static PostResource Resource(Post post)
        => new(post.Hash, post.Subject, post.AuthorName, post.Origin, post.PostedAt, post.ParentHash, post.Body.Text);

    private sealed record ThreadCursor(DateTime At, string Slug);

    private sealed record PostCursor(DateTime At, string Name);
}
