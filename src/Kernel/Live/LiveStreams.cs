using System.Buffers;
using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Web;

namespace Plenum.Kernel.Live;

/// <summary>
/// Topics as server-sent events: <c>GET /live?topic=board:techtalk</c>. One topic comes as plain messages, several as events named by
/// their topic; an event "gap" says that some were left out.
/// </summary>
public sealed class LiveStreams(LiveTopics topics, TimeProvider clock)
{
    private const int MaxTopics = 20;
    private const int MaxStreams = 10_000; // About 10 kB each.
    private const int MaxStreamsPerReader = 30; // Tabs of one browser; HTTP/1.1 browsers open six.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(20); // Proxies close what is silent for a minute.
    private readonly ConcurrentDictionary<string, int> _perReader = new(StringComparer.Ordinal);
    private int _all;

    internal async Task ServeAsync(HttpContext http, Viewer viewer)
    {
        var wanted = http.Request.Query["topic"].OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Count is 0 or > MaxTopics)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        foreach (var topic in wanted)
        {
            if (!await MayListenAsync(http, viewer, topic))
            {
                http.Response.StatusCode = StatusCodes.Status403Forbidden;
                return;
            }
        }

        var reader = viewer.Account?.ToString() ?? http.Connection.RemoteIpAddress?.ToString() ?? "";
        if (Interlocked.Increment(ref _all) > MaxStreams | _perReader.AddOrUpdate(reader, 1, (_, n) => n + 1) > MaxStreamsPerReader)
        {
            Release(reader);
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            http.Response.Headers.RetryAfter = "30";
            return;
        }

        try
        {
            await StreamAsync(http, wanted);
        }
        catch (OperationCanceledException)
        {
            // The reader left, or the house closes.
        }
        finally
        {
            Release(reader);
        }
    }

    private static async ValueTask<bool> MayListenAsync(HttpContext http, Viewer viewer, string topic)
    {
        var colon = topic.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || topic.Length > LiveTopics.MaxTopicLength)
        {
            return false;
        }

        var rule = http.RequestServices.GetServices<ILiveTopicRule>().FirstOrDefault(r => r.Kind == topic[..colon]);
        return rule is not null && await rule.MayListenAsync(viewer, topic[(colon + 1)..], http.RequestAborted);
    }

    private async Task StreamAsync(HttpContext http, List<string> wanted)
    {
        var stopping = http.RequestServices.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping);
        using var subscription = topics.Subscribe(wanted);
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no"; // nginx would keep the events back.
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await http.Response.BodyWriter.WriteAsync(": listening\n\n"u8.ToArray(), ends.Token);
        await http.Response.BodyWriter.FlushAsync(ends.Token);
        await using var messages = subscription.ReadAllAsync(ends.Token).GetAsyncEnumerator(ends.Token);
        var next = messages.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                if (!await IsInTimeAsync(next, ends.Token))
                {
                    http.Response.BodyWriter.Write(":\n\n"u8);
                }
                else if (await next)
                {
                    Write(http.Response.BodyWriter, messages.Current, isNamed: wanted.Count > 1);
                    next = messages.MoveNextAsync().AsTask();
                }
                else
                {
                    return;
                }

                await http.Response.BodyWriter.FlushAsync(ends.Token);
            }
        }
        finally
        {
            // An enumerator that still waits must not be disposed.
            await ends.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> IsInTimeAsync(Task next, CancellationToken cancellation)
    {
        try
        {
            await next.WaitAsync(Heartbeat, clock, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static void Write(IBufferWriter<byte> body, LiveMessage message, bool isNamed)
    {
        if (message.IsGap || isNamed)
        {
            Encoding.UTF8.GetBytes($"event: {(message.IsGap ? "gap" : message.Topic)}\n", body);
        }

        // A line of the payload is a line of data (HTML, server-sent events §9.2.6).
        var rest = message.Payload.Span;
        do
        {
            var end = rest.IndexOfAny((byte)'\r', (byte)'\n');
            body.Write("data: "u8);
            body.Write(end < 0 ? rest : rest[..end]);
            body.Write("\n"u8);
            rest = end < 0 ? default : rest[(end + 1)..];
        }
        while (!rest.IsEmpty);

        body.Write("\n"u8);
    }

    private void Release(string reader)
    {
        Interlocked.Decrement(ref _all);
        if (_perReader.AddOrUpdate(reader, 0, (_, n) => n - 1) <= 0)
        {
            _perReader.TryRemove(new(reader, 0));
        }
    }
}

public static class LiveEndpoints
{
    /// <summary>Server-sent events of the topics at /live.</summary>
    public static void MapLive(this IEndpointRouteBuilder endpoints)
        => endpoints.MapGet("/live", (HttpContext http, LiveStreams streams, CurrentViewer current) => streams.ServeAsync(http, current.Viewer)).ExcludeFromDescription();
}
