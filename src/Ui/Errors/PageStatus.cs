using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;

namespace Plenum.Ui;

/// <summary>For pages that say themselves that something is not there.</summary>
public static class PageStatus
{
    /// <summary>The page being made is the answer, with this status; the house's error page does not take its place.</summary>
    /// <remarks>The status is set as the answer begins: a component that has the status 404 before is not written. The output cache would take it for a page that is there.</remarks>
    public static void AnswerAs(this HttpContext http, int status)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.OnStarting(() =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        if (http.Features.Get<IOutputCacheFeature>() is { } kept)
        {
            kept.Context.AllowCacheStorage = false;
        }
    }
}
