using Plenum.Contracts.Organisation;

namespace Plenum.Discussions.Domain;

/// <summary>A file of a post; or uploaded in the editor, waiting for its post.</summary>
public sealed class Attachment
{
    public const int MaxNameLength = 200;
    public const int MaxTypeLength = 100;
    public const int MaxContentIdLength = 250;

    private Attachment()
    {
    }

    public Attachment(BoardId board, string name, string mediaType, string? contentId, DateTime utcNow)
    {
        Id = AttachmentId.New();
        BoardId = board;
        Name = CleanName(name);
        MediaType = StoredText.OneLine(mediaType, MaxTypeLength).ToLowerInvariant();
        ContentId = contentId is null ? null : StoredText.OneLine(contentId, MaxContentIdLength);
        CreatedAt = utcNow;
    }

    public AttachmentId Id { get; private init; }

    public BoardId BoardId { get; private init; }

    public PostId? PostId { get; private set; }

    /// <summary>Who uploaded it; null for parts of mails.</summary>
    public AccountId? UploaderId { get; private set; }

    public int Position { get; private set; }

    /// <summary>A file name without any folder.</summary>
    public string Name { get; private init; } = "";

    /// <summary>As the sender says; nobody believes it.</summary>
    public string MediaType { get; private init; } = "";

    /// <summary>Content-ID without brackets: HTML shows the part by it (RFC 2392).</summary>
    public string? ContentId { get; private init; }

    public string Blob { get; private set; } = "";

    public long SizeBytes { get; private set; }

    public DateTime CreatedAt { get; private init; }

    /// <summary>Key under which the blob store knows that it is needed.</summary>
    public string BlobKey => $"attachment/{Id.Value:N}";

    public void Keep(string blob, long sizeBytes) => (Blob, SizeBytes) = (blob, sizeBytes);

    public void UploadedBy(AccountId account) => UploaderId = account;

    public void BelongTo(PostId post, int position) => (PostId, Position) = (post, position);

    // Names are data, never paths.
    private static string CleanName(string name)
    {
        var line = StoredText.OneLine(name, 1_000);
        var last = line[(line.LastIndexOfAny(['/', '\\']) + 1)..].Trim(' ', '.');
        return last.Length == 0 ? "file" : last.Length <= MaxNameLength ? last : StoredText.Of(last[..(MaxNameLength - 20)], MaxNameLength) + last[^20..];
    }
}
