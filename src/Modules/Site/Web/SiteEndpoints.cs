using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plenum.Kernel.Notifications;
using Plenum.Kernel.Web;
using Plenum.Site.Finding;

namespace Plenum.Site.Web;

/// <summary>Suggestions of the search box, and the way from a notification to what it tells of.</summary>
internal static class SiteEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/search/suggest", SuggestAsync);
        endpoints.MapGet("/notifications/{id:long}", OpenAsync).RequireAuthorization();
    }

    private static async Task<IResult> SuggestAsync(string? q, HttpContext http, CurrentViewer me, Suggestions suggestions)
    {
        http.Response.Headers.CacheControl = "private, max-age=30";
        return Results.Json(await suggestions.ForAsync(me.Viewer, q ?? "", http.RequestAborted));
    }

    // A link, not a form: reading what one was told of is the wish behind it, and doing it twice changes nothing.
    private static async Task<IResult> OpenAsync(long id, HttpContext http, CurrentViewer me, NotificationInbox inbox)
        => await inbox.OpenAsync(me.Viewer.SignedInAccount, id, http.RequestAborted) is { } told
            ? Results.LocalRedirect(told.Link)
            : Results.NotFound();
}
