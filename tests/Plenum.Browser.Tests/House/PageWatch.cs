using System.Collections.Concurrent;
using Microsoft.Playwright;
using IRequest = Microsoft.Playwright.IRequest;

namespace Plenum.Browser.Tests.House;

/// <summary>Notes what a page does: errors, and every request with its size on the wire.</summary>
public sealed class PageWatch
{
    private readonly ConcurrentQueue<string> _complaints = new();
    private readonly ConcurrentQueue<IRequest> _requests = new();

    public PageWatch(IPage page, string address)
    {
        page.Console += (_, message) =>
        {
            // That the page asked for is an error page says the test itself.
            var isPageItself = message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && message.Location.StartsWith(page.Url, StringComparison.Ordinal);
            if (message.Type is "error" or "warning" && !isPageItself)
            {
                _complaints.Enqueue($"{message.Type}: {message.Text}");
            }
        };
        page.PageError += (_, error) => _complaints.Enqueue("script: " + error);
        page.Request += (_, request) =>
        {
            if (request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                return;
            }

            _requests.Enqueue(request);
            if (!request.Url.StartsWith(address + "/", StringComparison.Ordinal))
            {
                _complaints.Enqueue("request to others: " + request.Url);
            }
        };
    }

    /// <summary>What was noted since the last call.</summary>
    public IReadOnlyList<string> TakeComplaints() => Take(_complaints);

    /// <summary>Requests since the last call.</summary>
    public IReadOnlyList<IRequest> TakeRequests() => Take(_requests);

    private static List<T> Take<T>(ConcurrentQueue<T> queue)
    {
        var taken = new List<T>();
        while (queue.TryDequeue(out var next))
        {
            taken.Add(next);
        }

        return taken;
    }
}
