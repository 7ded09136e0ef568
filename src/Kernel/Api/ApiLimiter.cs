using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Limits;

namespace Plenum.Kernel.Api;

/// <summary>Counts requests per token, or per network without one, in windows of a minute, and says so in headers (draft-ietf-httpapi-ratelimit-headers).</summary>
/// <remarks>Counts live in memory of each node; a restart forgets them.</remarks>
internal sealed class ApiLimiter(IOptions<ApiOptions> options, TimeProvider clock)
{
    private const int MaxCounted = 100_000; // About 10 MB under a flood of networks; then all are forgotten.
    private const int WindowSeconds = 60;
    private readonly ConcurrentDictionary<object, Window> _windows = new();

    /// <summary>Counts the request and writes the headers.</summary>
    /// <returns>False: too many; answer 429.</returns>
    public bool Pass(HttpContext http, AccessToken? token)
    {
        var limit = token is null ? options.Value.AnonymousRequestsPerMinute : options.Value.RequestsPerMinute;
        object who = token is null ? NetworkPrefix.Of(http.Connection.RemoteIpAddress ?? System.Net.IPAddress.None) : token.Id;
        var window = clock.GetUtcNow().ToUnixTimeSeconds() / WindowSeconds;
        if (_windows.Count >= MaxCounted)
        {
            _windows.Clear();
        }

        var counted = _windows.AddOrUpdate(who, _ => new(window, 1), (_, held) => held.Number == window ? held with { Requests = held.Requests + 1 } : new(window, 1));
        var reset = ((window + 1) * WindowSeconds) - clock.GetUtcNow().ToUnixTimeSeconds();
        var headers = http.Response.Headers;
        headers["RateLimit-Policy"] = string.Create(CultureInfo.InvariantCulture, $"\"default\";q={limit};w={WindowSeconds}");
        headers["RateLimit"] = string.Create(CultureInfo.InvariantCulture, $"\"default\";r={Math.Max(0, limit - counted.Requests)};t={reset}");
        if (counted.Requests <= limit)
        {
            return true;
        }

        headers.RetryAfter = reset.ToString(CultureInfo.InvariantCulture);
        return false;
    }

    private sealed record Window(long Number, int Requests);
}
