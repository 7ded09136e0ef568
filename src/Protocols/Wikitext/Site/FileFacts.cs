namespace Plenum.Wikitext.Site;

/// <summary>How a file is shown.</summary>
public enum MediaKind
{
    /// <summary>A raster picture.</summary>
    Bitmap,

    /// <summary>A picture that scales without loss (SVG): it may be shown larger than its nominal size.</summary>
    Drawing,

    Audio,

    Video,

    /// <summary>Pages that have pictures (PDF, DjVu).</summary>
    Document,

    /// <summary>Nothing to see: only a link.</summary>
    Other,
}

/// <summary>What a wiki knows about a file that exists.</summary>
/// <param name="Name">The file's name with blanks and extension, without namespace.</param>
/// <param name="Width">Pixels; 0 if it has no picture.</param>
/// <param name="Height">Pixels; 0 if it has no picture.</param>
/// <param name="MimeType">Type by content, e.g. "image/jpeg".</param>
/// <param name="Kind">How it is shown.</param>
/// <param name="Url">Address of the original.</param>
public sealed record FileFacts(string Name, int Width, int Height, string MimeType, MediaKind Kind, string Url)
{
    public long SizeBytes { get; init; }

    /// <summary>Pages of a document; 1 for all else.</summary>
    public int PageCount { get; init; } = 1;

    /// <summary>Length of audio and video.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Address of the file's page when it lies in another wiki; null for a file of this one.</summary>
    public string? ForeignPageUrl { get; init; }
}
