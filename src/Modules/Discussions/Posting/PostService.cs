using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Organisation;
using Plenum.Discussions.Domain;
using Plenum.Kernel;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Ui.Markdown;

namespace Plenum.Discussions.Posting;

/// <summary>Where a post that was just written stands.</summary>
public sealed record WrittenPost(PostId Id, string Hash, ThreadId Thread);

/// <summary>Writing on the web. What is written becomes a mail as well: one form of post for readers here and there.</summary>
public sealed class PostService(
    PlenumDb db, BoardDirectory boards, PostIntake intake, UploadService uploads, Blobs blobs,
    IOptions<DiscussionsOptions> options, IOptions<HouseOptions> house, TimeProvider clock)
{
    /// <summary>Begins a thread.</summary>
    /// <exception cref="DeniedException">The viewer may not write on the board.</exception>
    /// <exception cref="RuleException">Subject or text is missing or too long, or it is too much in an hour.</exception>
    public Task<WrittenPost> BeginAsync(Viewer viewer, Board board, string subject, string text, CancellationToken cancellation)
        => WriteAsync(viewer, board, StoredText.OneLine(subject, int.MaxValue), text, null, cancellation);

    /// <summary>Answers a post.</summary>
    /// <inheritdoc cref="BeginAsync"/>
    public async Task<WrittenPost> ReplyAsync(Viewer viewer, Board board, PostId answered, string text, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(board);
        var parent = await db.Set<Post>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == answered && p.BoardId == board.Id && p.State == PostState.Published, cancellation)
            ?? throw new RuleException("discussions.post.gone");
        return await WriteAsync(viewer, board, SubjectLine.ReplyTo(parent.Subject), text, parent, cancellation);
    }

    private async Task<WrittenPost> WriteAsync(Viewer viewer, Board board, string subject, string text, Post? parent, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(board);
        await boards.DemandWriteAsync(viewer, board, cancellation);
        var clean = StoredText.Of(text.ReplaceLineEndings("\n").Trim(), int.MaxValue);
        Check(subject, clean);
        var now = clock.GetUtcNow().UtcDateTime;
        var account = viewer.SignedInAccount;
        await CheckRateAsync(account, now, cancellation);
        var id = $"{Guid.CreateVersion7():N}@{board.Domain ?? house.Value.HostName}";
        var header = new PostHeader(id, MessageHash.Of(id), "", ReferencesTo(parent), subject, now);
        var files = await uploads.OfTextAsync(account, board, clean, cancellation);
        var message = new WebMessage(board, viewer.DisplayName, header, clean, house.Value.PublicUrl.TrimEnd('/'));
        var raw = await message.WriteAsync(await uploads.OpenAsync(files, cancellation), cancellation);
        var post = new Post(board.Id, PostOrigin.Web, header with { ContentHash = MessageHash.OfBody(raw) }, new(account, viewer.DisplayName, ""), now);
        using var content = new MemoryStream(raw, writable: false);
        var stored = await blobs.PutAsync(db, content, DiscussionsModule.Name, post.BlobKey, raw.Length, cancellation);
        post.Keep(stored.Hash.Hex, stored.Length, keepsFrom: true); // It is from the board already.
        post.Say(new(BodyFormat.Markdown, clean, null), files.Count);
        foreach (var (position, file) in files.Index())
        {
            file.BelongTo(post.Id, position);
        }

        await intake.PublishAsync(post, cancellation);
        await db.SaveChangesAsync(cancellation);
        return new(post.Id, post.Hash, post.ThreadId!.Value);
    }

    // RFC 5322 §3.6.4: the parent's references and the parent.
    private static List<string> ReferencesTo(Post? parent)
    {
        const int MaxReferences = 20; // The field stays within what every mail program reads; the root and the nearest count.
        if (parent is null)
        {
            return [];
        }

        List<string> all = [.. parent.ReferenceList, parent.MessageId];
        return all.Count <= MaxReferences ? all : [all[0], .. all[^(MaxReferences - 1)..]];
    }

    private void Check(string subject, string text)
    {
        if (subject.Length is 0 or > SubjectLine.MaxLength)
        {
            throw new RuleException("discussions.post.subject-length", SubjectLine.MaxLength);
        }

        var most = Math.Min(options.Value.MaxTextLength, MarkdownRenderer.MaxLength);
        if (text.Length == 0 || text.Length > most)
        {
            throw new RuleException("discussions.post.text-length", most.ToString("N0", CultureInfo.CurrentCulture));
        }
    }

    private async Task CheckRateAsync(AccountId account, DateTime now, CancellationToken cancellation)
    {
        var since = now.AddHours(-1);
        if (await db.Set<Post>().CountAsync(p => p.AuthorId == account && p.Origin == PostOrigin.Web && p.ReceivedAt > since, cancellation) >= options.Value.MaxPostsPerHour)
        {
            throw new RuleException("discussions.post.too-many", options.Value.MaxPostsPerHour);
        }
    }
}
