using MimeKit;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;

namespace Plenum.Discussions.Posting;

/// <summary>Puts the files of a mail into the blob store.</summary>
public sealed class MailFiles(PlenumDb db, Blobs blobs)
{
    /// <returns>How many there are.</returns>
    public async Task<int> KeepAsync(Post post, IReadOnlyList<MimePart> parts, CancellationToken cancellation)
    {
        var files = Describe(post, parts);
        var stored = await blobs.PutManyAsync(db, [.. files.Zip(parts, (file, part) => new NewBlob(Decode(part), file.BlobKey))], DiscussionsModule.Name, cancellation);
        foreach (var (file, blob) in files.Zip(stored))
        {
            file.Keep(blob.Hash.Hex, blob.Length);
            db.Add(file);
        }

        return files.Count;
    }

    /// <summary>The files of a post, not yet stored, in the order of the parts.</summary>
    internal static IReadOnlyList<Attachment> Describe(Post post, IReadOnlyList<MimePart> parts)
    {
        ArgumentNullException.ThrowIfNull(post);
        ArgumentNullException.ThrowIfNull(parts);
        var files = new List<Attachment>(parts.Count);
        foreach (var (position, part) in parts.Index())
        {
            var file = new Attachment(post.BoardId, part.FileName ?? NameOf(part, position), part.ContentType.MimeType, part.ContentId, post.ReceivedAt);
            file.BelongTo(post.Id, position);
            files.Add(file);
        }

        return files;
    }

    /// <summary>The octets of a file. Decoding makes parts shorter than the message that held them.</summary>
    internal static byte[] Decode(MimePart part)
    {
        ArgumentNullException.ThrowIfNull(part);
        using var content = new MemoryStream();
        part.Content!.DecodeTo(content);
        return content.ToArray();
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
