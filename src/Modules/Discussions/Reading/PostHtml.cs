using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Posting;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;
using Plenum.Ui.Html;
using Plenum.Ui.Markdown;

namespace Plenum.Discussions.Reading;

/// <summary>A post ready to show.</summary>
/// <param name="RemoteImages">How many pictures of other hosts were left out.</param>
/// <param name="IsShortened">The message itself says more.</param>
public sealed record ShownPost(MarkupString Html, IReadOnlyList<FileRow> Files, int RemoteImages, bool IsShortened);

/// <summary>
/// Makes the words of posts safe to show, and keeps what was made in memory: posts never change, so the text of a post on a busy page
/// is read and cleaned once. Guests see mail addresses within the words shortened: harvesters are guests.
/// </summary>
public sealed partial class PostHtml(Texts texts) : IDisposable
{
    private const long MaxHeld = 16 * 1024 * 1024; // Characters, 32 MB.
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(20);
    private readonly MemoryCache _held = new(new MemoryCacheOptions { SizeLimit = MaxHeld });

    /// <summary>Renders posts of a board in the current language; words are read only of those not held yet.</summary>
    public async Task<IReadOnlyDictionary<PostId, ShownPost>> ShowAsync(PlenumDb db, Board board, IReadOnlyList<PostRow> posts, bool isGuest, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(posts);
        var language = System.Globalization.CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;
        var shown = new Dictionary<PostId, ShownPost>(posts.Count);
        var missing = new List<PostId>();
        foreach (var post in posts)
        {
            if (_held.TryGetValue((post.Id, language, isGuest), out ShownPost? held))
            {
                shown[post.Id] = held!;
            }
            else
            {
                missing.Add(post.Id);
            }
        }

        if (missing.Count > 0)
        {
            await RenderAsync(db, board, missing, language, isGuest, shown, cancellation);
        }

        return shown;
    }

    /// <summary>Renders one body without remembering it, for moderators.</summary>
    public ShownPost Show(Board board, PostBody body, IReadOnlyList<FileRow> files)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(body);
        return Render(board, body, files, isGuest: false);
    }

    public void Dispose() => _held.Dispose();

    private async Task RenderAsync(
        PlenumDb db, Board board, List<PostId> missing, string language, bool isGuest, Dictionary<PostId, ShownPost> shown, CancellationToken cancellation)
    {
        var ids = missing.ToArray();
        var bodies = await db.Set<PostBody>().AsNoTracking().Where(b => ids.Contains(b.PostId)).ToListAsync(cancellation);
        var files = (await db.Set<Attachment>().AsNoTracking().Where(a => a.PostId != null && ids.Contains(a.PostId.Value)).OrderBy(a => a.Position)
            .Select(a => new { a.PostId, Row = new FileRow(a.Id, a.Name, a.ContentId, a.SizeBytes) }).ToListAsync(cancellation)).ToLookup(a => a.PostId!.Value, a => a.Row);
        foreach (var body in bodies)
        {
            var rendered = Render(board, body, [.. files[body.PostId]], isGuest);
            shown[body.PostId] = rendered;
            using var entry = _held.CreateEntry((body.PostId, language, isGuest));
            entry.Value = rendered;
            entry.Size = rendered.Html.Value.Length + 500;
            entry.SlidingExpiration = Idle;
        }
    }

    private ShownPost Render(Board board, PostBody body, IReadOnlyList<FileRow> files, bool isGuest)
    {
        var remote = 0;
        var isShortened = body.IsCut;
        string html;
        switch (body.Format)
        {
            case BodyFormat.Html:
                var safe = MailHtml.Render(body.Html ?? "", PictureOf, texts["discussions.post.remote-image"]);
                (html, remote, isShortened) = (safe.Html, safe.RemoteImages, isShortened || safe.IsReduced);
                break;
            case BodyFormat.Markdown:
                html = MarkdownRenderer.Render(body.Text, topLevel: 2).Markup.Value;
                break;
            default:
                html = PlainTextHtml.Render(body.Text, body.Format == BodyFormat.Flowed, texts["ui.quote.show"]);
                break;
        }

        return new(new(isGuest ? MailAddressInText().Replace(html, "$1@…") : html), files, remote, isShortened);

        string? PictureOf(string contentId)
            => files.FirstOrDefault(f => f.ContentId == contentId) is { } picture ? UploadService.HrefOf(board, picture.Id, picture.Name) : null;
    }

    [GeneratedRegex(@"([\w.+-]{1,64})@[\w-]{1,63}(?:\.[\w-]{1,63})+", RegexOptions.NonBacktracking)]
    private static partial Regex MailAddressInText();
}
