using MimeKit;
using Microsoft.Extensions.Options;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;

namespace Plenum.Discussions.Posting;

/// <summary>Puts the files of a mail into the blob store.</summary>
public sealed class MailFiles(PlenumDb db, Blobs blobs, IOptions<DiscussionsOptions> options)
{
    /// <returns>How many there are.</returns>
    public async Task<int> KeepAsync(Post post, IReadOnlyList<MimePart> parts, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(parts);
        foreach (var (position, part) in parts.Index())
        {
            using var content = new MemoryStream();
            await part.Content!.DecodeToAsync(content, cancellation);
            content.Position = 0;
            var file = new Attachment(post.BoardId, part.FileName ?? NameOf(part, position), part.ContentType.MimeType, part.ContentId, post.ReceivedAt);

            // Decoding makes a part shorter; a message within, written anew, at most a little longer.
            var stored = await blobs.PutAsync(db, content, DiscussionsModule.Name, file.BlobKey, 2L * options.Value.MaxMessageBytes, cancellation);
            file.Keep(stored.Hash.Hex, stored.Length);
            file.BelongTo(post.Id, position);
            db.Add(file);
        }

        return parts.Count;
    }

    private static string NameOf(MimePart part, int position)
        => $"part-{position + 1}" + (part.ContentType.MimeType switch
        {
            "image/png" => ".png",
            "image/jpeg" => ".jpg",
            "image/gif" => ".gif",
            "text/calendar" => ".ics",
            "application/pgp-signature" => ".asc",
            "text/plain" => ".txt",
            _ => "",
        });
}
