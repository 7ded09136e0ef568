using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plenum.Discussions.Subscribing;

namespace Plenum.Discussions.Web;

/// <summary>
/// The address in List-Unsubscribe (RFC 8058): a POST ends the subscription, without sign-in, cookie or further question; a GET only leads
/// to a page with a button, because scanners follow every link of a mail.
/// </summary>
internal static class UnsubscribeEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/boards/one-click/{token}", Show).AllowAnonymous();
        endpoints.MapPost("/boards/one-click/{token}", EndAsync).AllowAnonymous().DisableAntiforgery(); // The token is the proof; RFC 8058 §3.1 allows no other.
    }

    private static IResult Show(string token) => Results.LocalRedirect("/boards/unsubscribe/" + Uri.EscapeDataString(token));

    private static async Task<IResult> EndAsync(string token, HttpContext http, SubscriptionService subscriptions)
    {
        await subscriptions.EndAsync(token, http.RequestAborted);
        var isPage = http.Request.HasFormContentType && (await http.Request.ReadFormAsync(http.RequestAborted))["from"] == "page";
        return isPage ? Results.LocalRedirect($"/boards/unsubscribe/{Uri.EscapeDataString(token)}?done") : Results.Ok();
    }
}
