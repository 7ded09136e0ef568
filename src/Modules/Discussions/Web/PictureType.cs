using Plenum.Kernel.Blobs;

namespace Plenum.Discussions.Web;

/// <summary>Tells pictures that browsers may show by their first octets: names and declared types lie.</summary>
internal static class PictureType
{
    private const int Needed = 16;

    /// <returns>The media type, or null for everything else; SVG is a program and counts as that.</returns>
    public static async Task<string?> OfAsync(Blobs blobs, BlobHash blob, CancellationToken cancellation)
    {
        await using var content = await blobs.OpenAsync(blob, 0, Needed, cancellation);
        var head = new byte[Needed];
        var read = content is null ? 0 : await content.ReadAtLeastAsync(head, Needed, throwOnEndOfStream: false, cancellation);
        return Of(head.AsSpan(0, read));
    }

    public static string? Of(ReadOnlySpan<byte> head)
        => head is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] ? "image/png"
            : head is [0xFF, 0xD8, 0xFF, ..] ? "image/jpeg"
            : head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8) ? "image/gif"
            : head.StartsWith("RIFF"u8) && head.Length >= 12 && head[8..].StartsWith("WEBP"u8) ? "image/webp"
            : head.Length >= 12 && head[4..].StartsWith("ftypavif"u8) ? "image/avif"
            : null;
}
