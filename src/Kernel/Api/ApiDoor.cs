using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Language;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Web;

namespace Plenum.Kernel.Api;

/// <summary>
/// What every request under /api passes: its access token (never the cookie, so no other site can use a signed-in browser), limits, and
/// problem documents for whatever goes wrong. Stands after the viewer and the reader's language are known.
/// </summary>
internal sealed partial class ApiDoor(
    RequestDelegate next, TokenDirectory tokens, ApiLimiter limiter, ViewerSource viewers, IOptions<ApiOptions> options, Texts texts, ILogger<ApiDoor> log)
{
    private const string Scheme = "Bearer ";

    public async Task InvokeAsync(HttpContext http, CurrentViewer current)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(current);
        if (!http.Request.Path.StartsWithSegments("/api"))
        {
            await next(http);
            return;
        }

        http.Response.Headers.CacheControl = "no-store";
        try
        {
            if (await AdmitAsync(http, current))
            {
                await next(http);
                await ExplainStatusAsync(http);
            }
        }
        catch (Exception thrown) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            var problem = ApiProblems.Of(thrown, current.Viewer.IsSignedIn, texts);
            if (problem.Status >= StatusCodes.Status500InternalServerError)
            {
                LogFailed(thrown, http.Request.Method, http.Request.Path);
            }

            await ApiProblems.WriteAsync(http, problem);
        }
    }

    /// <returns>False if the request was answered here.</returns>
    private async Task<bool> AdmitAsync(HttpContext http, CurrentViewer current)
    {
        var secret = http.Request.Headers.Authorization.ToString() is { Length: > 7 } sent && sent.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? sent[Scheme.Length..].Trim() : null;
        var token = secret is null ? null : await tokens.FindAsync(secret, http.Connection.RemoteIpAddress ?? System.Net.IPAddress.None, http.RequestAborted);
        current.Viewer = token is null ? await viewers.GuestAsync(http.RequestAborted) : await ViewerOfAsync(token, http.RequestAborted);
        http.User = new(); // The cookie counts for nothing here.
        if (!limiter.Pass(http, token))
        {
            await ApiProblems.WriteAsync(http, ApiProblems.Of(StatusCodes.Status429TooManyRequests, texts["api.too-many"]));
            return false;
        }

        if (http.Request.Headers.Authorization.Count > 0 && !current.Viewer.IsSignedIn)
        {
            await ApiProblems.WriteAsync(http, ApiProblems.Of(StatusCodes.Status401Unauthorized, texts["api.bad-token"]));
            return false;
        }

        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method) || HttpMethods.IsOptions(http.Request.Method);
        if (!isRead && token is not { MayWrite: true })
        {
            await ApiProblems.WriteAsync(http, token is null
                ? ApiProblems.Of(StatusCodes.Status401Unauthorized, texts["api.needs-token"])
                : ApiProblems.Of(StatusCodes.Status403Forbidden, texts["api.read-only-token"]));
            return false;
        }

        if (http.GetEndpoint()?.Metadata.GetMetadata<IRequestSizeLimitMetadata>() is null && !BodyLimit.Admits(http, options.Value.MaxBodyBytes))
        {
            await ApiProblems.WriteAsync(http, ApiProblems.Of(StatusCodes.Status413PayloadTooLarge, texts["api.too-large", options.Value.MaxBodyBytes]));
            return false;
        }

        if (http.Request.Headers.ContainsKey(Idempotency.Header))
        {
            http.Request.EnableBuffering(); // Its hash is taken before the endpoint reads it.
        }

        return true;
    }

    private async ValueTask<Viewer> ViewerOfAsync(AccessToken token, CancellationToken cancellation)
    {
        var owner = await viewers.ForAsync(token.AccountId, cancellation);
        return owner.IsSignedIn ? owner.Within(new(token.PermissionNames.ToFrozenSet(StringComparer.Ordinal), token.UnitId), token.SeesPrivate ? null : await viewers.GuestAsync(cancellation)) : owner;
    }

    private async Task ExplainStatusAsync(HttpContext http)
    {
        var response = http.Response;
        if (!response.HasStarted && response.StatusCode >= StatusCodes.Status400BadRequest && response.ContentType is null && response.ContentLength is null)
        {
            await ApiProblems.WriteAsync(http, ApiProblems.Of(response.StatusCode, response.StatusCode == StatusCodes.Status404NotFound ? texts["api.unknown"] : null));
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogFailed(Exception thrown, string method, string path);
}
