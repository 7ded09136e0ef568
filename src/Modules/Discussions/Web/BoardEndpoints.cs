using System.Globalization;
using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Reading;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Web;

namespace Plenum.Discussions.Web;

/// <summary>What is no page: permanent links, feed, notices of new posts, "all read".</summary>
internal static class BoardEndpoints
{
    private const string InstantFormat = "yyyyMMddHHmmssfff";

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/boards/{slug}/posts/{hash}", LinkAsync);
        endpoints.MapGet("/boards/{slug}/message/{**id}", LinkByIdAsync);
        endpoints.MapGet("/boards/{slug}/posts/{hash}/message.eml", RawAsync).RequireAuthorization();
        endpoints.MapGet("/boards/{slug}/feed.atom", FeedAsync);
        endpoints.MapGet("/boards/{slug}/live", LiveBoardAsync);
        endpoints.MapGet("/boards/{slug}/{thread}/live", LiveThreadAsync);
        endpoints.MapPost("/boards/{slug}/read-all", ReadAllAsync).RequireAuthorization();
    }

    /// <summary>An instant in an address: UTC, to the millisecond.</summary>
    public static string Instant(DateTime utc) => utc.ToString(InstantFormat, CultureInfo.InvariantCulture);

    /// <summary>The permanent address of a post leads to where it stands today.</summary>
    private static async Task<IResult> LinkAsync(string slug, string hash, HttpContext http, CurrentViewer me, BoardDirectory boards, BoardReader reader)
    {
        if (!MessageHash.IsHash(hash)
            || await boards.FindAsync(me.Viewer, slug, http.RequestAborted) is not { } board
            || await reader.FindPostAsync(board, hash, http.RequestAborted) is not var (post, thread, page))
        {
            return Results.NotFound();
        }

        var row = new PostRow(post.Id, null, post.Hash, null, null, "", post.Origin, "", post.PostedAt);
        return Results.LocalRedirect($"{thread.PathOn(board)}{(page > 1 ? $"?page={page}" : "")}#{row.Anchor}");
    }

    /// <summary>The same by Message-ID, as other archives link.</summary>
    private static Task<IResult> LinkByIdAsync(string slug, string id, HttpContext http, CurrentViewer me, BoardDirectory boards, BoardReader reader)
        => LinkAsync(slug, MessageHash.Of(id.Trim('<', '>', ' ')), http, me, boards, reader);

    /// <summary>The message as it came, for those who moderate: it tells addresses and ways.</summary>
    private static async Task<IResult> RawAsync(string slug, string hash, HttpContext http, CurrentViewer me, BoardDirectory boards, BoardReader reader, Blobs blobs)
    {
        if (await boards.FindAsync(me.Viewer, slug, http.RequestAborted) is not { } board
            || !await boards.MayModerateAsync(me.Viewer, board, http.RequestAborted)
            || await reader.FindPostAsync(board, hash, http.RequestAborted) is not var (post, _, _))
        {
            return Results.NotFound();
        }

        http.Response.Headers.CacheControl = "private, no-store";
        return Results.Stream(await blobs.OpenAsync(BlobHash.Parse(post.Blob), http.RequestAborted), "message/rfc822", $"{post.Hash}.eml");
    }

    private static async Task<IResult> FeedAsync(
        string slug, HttpContext http, CurrentViewer me, BoardDirectory boards, BoardReader reader, PostHtml bodies, Kernel.Data.PlenumDb db, IOptions<HouseOptions> house)
    {
        if (await boards.FindAsync(me.Viewer, slug, http.RequestAborted) is not { } board)
        {
            return Results.NotFound();
        }

        var feed = new BoardFeed(board, house.Value.PublicUrl.TrimEnd('/'));
        var posts = await reader.NewestAsync(board, BoardFeed.MaxEntries, http.RequestAborted);
        var rows = posts.Select(p => new PostRow(p.Id, null, p.Hash, null, null, p.AuthorName, p.Origin, p.Subject, p.PostedAt)).ToList();
        var shown = await bodies.ShowAsync(db, board, rows, isGuest: true, http.RequestAborted); // Readers of feeds are programs.
        http.Response.Headers.CacheControl = me.Viewer.IsSignedIn ? "private, no-store" : "public, max-age=60";
        return Results.Bytes(feed.Write(rows, shown), "application/atom+xml; charset=utf-8");
    }

    private static async Task<IResult> LiveBoardAsync(string slug, string since, HttpContext http, CurrentViewer me, BoardDirectory boards, NewPosts posts)
        => await boards.FindAsync(me.Viewer, slug, http.RequestAborted) is { } board && TryRead(since, out var instant)
            ? Live(posts.CountAsync(board.Id, null, instant, http.RequestAborted))
            : Results.NotFound();

    private static async Task<IResult> LiveThreadAsync(
        string slug, string thread, string since, HttpContext http, CurrentViewer me, BoardDirectory boards, BoardReader reader, NewPosts posts, PlenumDb db)
    {
        if (await boards.FindAsync(me.Viewer, slug, http.RequestAborted) is not { } board || !TryRead(since, out var instant)
            || await reader.FindThreadAsync(board, thread, http.RequestAborted) is not { } found)
        {
            return Results.NotFound();
        }

        await db.DisposeAsync(); // The stream lasts as long as the page is open: it must not hold a connection.
        return Live(posts.CountAsync(board.Id, found.Id, instant, http.RequestAborted));
    }

    private static IResult Live(IAsyncEnumerable<int> counts)
        => Results.ServerSentEvents(counts.Select(c => new SseItem<string>(c.ToString(CultureInfo.InvariantCulture))));

    private static bool TryRead(string since, out DateTime instant)
        => DateTime.TryParseExact(since, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);

    private static async Task<IResult> ReadAllAsync(string slug, HttpContext http, IAntiforgery forms, CurrentViewer me, BoardDirectory boards, ReadingMarks marks)
    {
        await forms.ValidateRequestAsync(http);
        if (await boards.FindAsync(me.Viewer, slug, http.RequestAborted) is not { } board)
        {
            return Results.NotFound();
        }

        await marks.ReadAllAsync(me.Viewer, board, http.RequestAborted);
        return Results.LocalRedirect(board.Path);
    }
}
