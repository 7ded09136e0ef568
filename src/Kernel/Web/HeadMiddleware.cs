using Microsoft.AspNetCore.Http;

namespace Plenum.Kernel.Web;

/// <summary>Answers HEAD as GET without the content (RFC 9110 §9.3.2), which pages do not do by themselves.</summary>
public sealed class HeadMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Request.Method = HttpMethods.Get;
            http.Response.OnStarting(() =>
            {
                http.Request.Method = HttpMethods.Head; // The server leaves out the content.
                return Task.CompletedTask;
            });
        }

        return next(http);
    }
}
