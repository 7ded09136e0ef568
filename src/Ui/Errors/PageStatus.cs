using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Plenum.Ui;

/// <summary>For pages that say themselves that something is not there.</summary>
public static class PageStatus
{
    /// <summary>The page being made is the answer, with this status; the house's error page does not take its place.</summary>
    public static void AnswerAs(this HttpContext http, int status)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.StatusCode = status;
        if (http.Features.Get<IStatusCodePagesFeature>() is { } errorPages)
        {
            errorPages.Enabled = false;
        }
    }
}
