using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Plenum.Ui.Doors;

/// <summary>Every response says what a browser may do with it. An endpoint's own header stands.</summary>
public sealed class SecurityHeaders(RequestDelegate next)
{
    private const string Permissions
        = "accelerometer=(), autoplay=(self), browsing-topics=(), camera=(self), display-capture=(self), geolocation=(), gyroscope=(), magnetometer=(), "
        + "microphone=(self), midi=(), payment=(), usb=()";

    private const string StrictTransport = "max-age=31536000"; // One year, RFC 6797 §6.1.1; sub-domains are not ours to decide.

    public Task InvokeAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.OnStarting(Write, http);
        return next(http);
    }

    private static Task Write(object state)
    {
        var http = (HttpContext)state;
        var headers = http.Response.Headers;
        SetIfAbsent(HeaderNames.ContentSecurityPolicy, http.Features.Get<ContentPolicy>()?.ToString() ?? Default);
        SetIfAbsent(HeaderNames.XContentTypeOptions, "nosniff");
        SetIfAbsent("Referrer-Policy", "same-origin");
        SetIfAbsent("Permissions-Policy", Permissions);
        SetIfAbsent("Cross-Origin-Opener-Policy", "same-origin");
        SetIfAbsent("Cross-Origin-Resource-Policy", "same-origin");
        if (http.Request.IsHttps)
        {
            SetIfAbsent(HeaderNames.StrictTransportSecurity, StrictTransport);
        }

        var isPage = http.Response.ContentType?.StartsWith("text/html", StringComparison.Ordinal) == true;
        if (isPage)
        {
            headers.Append(HeaderNames.Vary, "Accept-Language");
            if (http.User.Identity?.IsAuthenticated == true)
            {
                headers.CacheControl = "private, no-store"; // One person's page is never another's.
            }
        }

        return Task.CompletedTask;

        void SetIfAbsent(string name, string value)
        {
            if (StringValues.IsNullOrEmpty(headers[name]))
            {
                headers[name] = value;
            }
        }
    }

    private static readonly string Default = new ContentPolicy().ToString();
}
