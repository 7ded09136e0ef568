using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Reading;
using Plenum.Kernel.Data;
using Plenum.Ui;

namespace Plenum.Discussions.Web;

/// <summary>How a post stands on the page of its thread: everything its HTML depends on but language and zone of the reader.</summary>
/// <param name="MayReply">The reader may answer it.</param>
/// <param name="Subject">Where it differs from the thread's.</param>
public sealed record PostView(PostRow Post, string ThreadPath, HeldOffice? Office = null, bool IsNew = false, bool MayReply = false, string? Subject = null);

/// <summary>
/// The posts of a page as HTML, kept in memory for those who see them alike: posts never change, so a busy thread is not rendered anew for
/// each of its readers.
/// </summary>
public sealed class PostArticles(PostHtml bodies, TimeProvider clock, ILoggerFactory logs) : IDisposable
{
    private const long MaxHeld = 16 * 1024 * 1024; // Characters, 32 MB.
    private const int KeySize = 500; // Characters that the key takes the room of.
    private static readonly TimeSpan Young = TimeSpan.FromDays(8); // Until then its time is told from now: "5 minutes ago".
    private static readonly TimeSpan HeldYoung = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan HeldOld = TimeSpan.FromHours(1); // The year appears when it is over.
    private readonly MemoryCache _held = new(new MemoryCacheOptions { SizeLimit = MaxHeld });

    /// <summary>Renders what is not held yet.</summary>
    /// <param name="request">Services of the request, whose <see cref="Visit"/> tells the reader's zone.</param>
    /// <returns>As many as <paramref name="posts"/>, in their order.</returns>
    public async Task<IReadOnlyList<MarkupString>> ShowAsync(
        IServiceProvider request, PlenumDb db, Board board, IReadOnlyList<PostView> posts, bool isGuest, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(posts);
        var (language, zone) = (CultureInfo.CurrentUICulture.Name, request.GetRequiredService<Visit>().TimeZone.Id);
        var shown = new MarkupString[posts.Count];
        var missing = new List<int>();
        for (var i = 0; i < shown.Length; i++)
        {
            if (_held.TryGetValue(new Key(posts[i], language, zone, isGuest), out string? held))
            {
                shown[i] = new(held!);
            }
            else
            {
                missing.Add(i);
            }
        }

        if (missing.Count > 0)
        {
            var words = await bodies.ShowAsync(db, board, [.. missing.Select(i => posts[i].Post)], isGuest, cancellation);
            await using var renderer = new HtmlRenderer(request, logs);
            await renderer.Dispatcher.InvokeAsync(async () =>
            {
                foreach (var i in missing)
                {
                    var html = await RenderAsync(renderer, board, posts[i], words.GetValueOrDefault(posts[i].Post.Id));
                    Keep(new(posts[i], language, zone, isGuest), html);
                    shown[i] = new(html);
                }
            });
        }

        return shown;
    }

    public void Dispose() => _held.Dispose();

    private static async Task<string> RenderAsync(HtmlRenderer renderer, Board board, PostView post, ShownPost? words)
    {
        var rendered = await renderer.RenderComponentAsync<PostItem>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(PostItem.Board)] = board,
            [nameof(PostItem.View)] = post,
            [nameof(PostItem.Shown)] = words,
        }));
        return rendered.ToHtmlString();
    }

    private void Keep(Key key, string html)
    {
        using var entry = _held.CreateEntry(key);
        entry.Value = html;
        entry.Size = html.Length + KeySize;
        entry.AbsoluteExpirationRelativeToNow = clock.GetUtcNow().UtcDateTime - key.View.Post.PostedAt < Young ? HeldYoung : HeldOld;
    }

    private sealed record Key(PostView View, string Language, string Zone, bool IsGuest);
}
