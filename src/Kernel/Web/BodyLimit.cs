using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Plenum.Kernel.Web;

/// <summary>
/// Refuses what announces itself as too large before any of it is read, in words that arrive: the server throws the rest away for a few seconds
/// and does not hang up on someone who is still sending. Stands after routing, which knows the endpoint's own limit.
/// </summary>
public sealed class BodyLimit(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (Admits(http, http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize))
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
        return Task.CompletedTask;
    }

    /// <summary>Limits the body of a request to so many octets; null leaves it unlimited.</summary>
    /// <returns>False if it says itself that it is larger. The caller answers 413; the body can no longer be read.</returns>
    public static bool Admits(HttpContext http, long? most)
    {
        ArgumentNullException.ThrowIfNull(http);
        var isAdmitted = most is null || http.Request.ContentLength is not { } length || length <= most;
        if (!isAdmitted)
        {
            http.Request.Body = Stream.Null; // The error page must not read it either.
            http.Request.ContentType = null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = isAdmitted ? most : null; // The server drops what is left only of a body it may read.
        }

        return isAdmitted;
    }
}
