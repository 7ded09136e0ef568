using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Organisation;
using Plenum.Discussions.Domain;
using Plenum.Kernel;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Permissions;

namespace Plenum.Discussions.Posting;

/// <summary>Files that are put into a text in the editor. They belong to the post that names them; those no post names are forgotten.</summary>
public sealed partial class UploadService(PlenumDb db, BoardDirectory boards, Blobs blobs, IOptions<DiscussionsOptions> options, TimeProvider clock)
{
    private const int MaxPending = 100; // Files of one account that wait for their post.
    private const int MaxFilesOfPost = 20;

    /// <exception cref="DeniedException">The viewer may not write on the board.</exception>
    /// <exception cref="RuleException">The file is too large, or too many wait already.</exception>
    public async Task<Attachment> PutAsync(Viewer viewer, Board board, string name, string mediaType, Stream content, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(board);
        await boards.DemandWriteAsync(viewer, board, cancellation);
        var account = viewer.SignedInAccount;
        if (await db.Set<Attachment>().CountAsync(a => a.UploaderId == account && a.PostId == null, cancellation) >= MaxPending)
        {
            throw new RuleException("discussions.upload.too-many", MaxPending);
        }

        var file = new Attachment(board.Id, name, mediaType, contentId: null, clock.GetUtcNow().UtcDateTime);
        file.UploadedBy(account);
        try
        {
            var stored = await blobs.PutAsync(db, content, DiscussionsModule.Name, file.BlobKey, options.Value.MaxUploadBytes, cancellation);
            file.Keep(stored.Hash.Hex, stored.Length);
        }
        catch (BlobTooLargeException)
        {
            throw new RuleException("discussions.upload.too-large", options.Value.MaxUploadBytes / (1024 * 1024));
        }

        db.Add(file);
        await db.SaveChangesAsync(cancellation);
        return file;
    }

    /// <summary>Address of a file, from the root of the site.</summary>
    public static string HrefOf(Board board, AttachmentId id, string name)
    {
        ArgumentNullException.ThrowIfNull(board);
        return $"{board.Path}/files/{id}/{Uri.EscapeDataString(name)}";
    }

    /// <summary>The account's waiting files that a text names.</summary>
    internal async Task<List<Attachment>> OfTextAsync(AccountId account, Board board, string text, CancellationToken cancellation)
    {
        var named = FileLink().Matches(text).Where(m => m.Groups["board"].Value == board.Slug).Select(m => AttachmentId.Parse(m.Groups["id"].Value, null)).Distinct().Take(MaxFilesOfPost).ToArray();
        return named is [] ? []
            : await db.Set<Attachment>().Where(a => named.Contains(a.Id) && a.BoardId == board.Id && a.UploaderId == account && a.PostId == null).ToListAsync(cancellation);
    }

    internal async Task<IReadOnlyList<MessageFile>> OpenAsync(IReadOnlyList<Attachment> files, CancellationToken cancellation)
    {
        var opened = new List<MessageFile>();
        foreach (var file in files)
        {
            opened.Add(new(file.Name, file.MediaType, await blobs.OpenAsync(BlobHash.Parse(file.Blob), cancellation)));
        }

        return opened;
    }

    [GeneratedRegex(@"\(/boards/(?<board>[a-z0-9-]{1,80})/files/(?<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})/", RegexOptions.NonBacktracking)]
    private static partial Regex FileLink();
}

/// <summary>Forgets uploads that no post named within a day. Safe to run twice.</summary>
internal sealed class ForgetUploads(PlenumDb db, Blobs blobs, TimeProvider clock) : IJob
{
    private const int BatchSize = 200;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var old = clock.GetUtcNow().UtcDateTime.AddDays(-1);
        while (await db.Set<Attachment>().Where(a => a.PostId == null && a.CreatedAt < old).OrderBy(a => a.CreatedAt).Take(BatchSize).ToListAsync(cancellation)
            is not [] and var batch)
        {
            foreach (var file in batch)
            {
                await blobs.ReleaseAsync(db, DiscussionsModule.Name, file.BlobKey, cancellation);
                db.Remove(file);
            }

            await db.SaveChangesAsync(cancellation);
            db.ChangeTracker.Clear();
        }
    }
}
