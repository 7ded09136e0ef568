using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Plenum.Ui.Markdown;

/// <summary>Shows what a text will look like: as a page of its own for the plain button, as a fragment for the script.</summary>
public static class MarkdownPreview
{
    public const string Path = "/markdown/preview";

    public static void MapMarkdownPreview(this IEndpointRouteBuilder endpoints)
        => endpoints.MapPost(Path, ShowAsync).DisableAntiforgery().AllowAnonymous(); // Checked within: the answer differs.

    // Public: it only shows people their own words back, and only with a form of ours.
    private static async Task<IResult> ShowAsync(HttpContext http, IAntiforgery antiforgery, string field, bool? fragment)
    {
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http))
        {
            return TypedResults.BadRequest();
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var rendered = MarkdownRenderer.Render(form[field].ToString());
        http.Response.Headers.CacheControl = "private, no-store";
        return fragment == true
            ? TypedResults.Content(rendered.Markup.Value, "text/html; charset=utf-8")
            : new RazorComponentResult<PreviewDocument>(new Dictionary<string, object?> { ["Text"] = rendered.Markup });
    }
}
