using System.Security.Cryptography;

namespace Plenum.Kernel.Blobs;

/// <summary>The name of a blob: the SHA-256 of its octets as 64 lower-case hexadecimal digits.</summary>
public readonly record struct BlobHash
{
    private const int Digits = 64;

    private BlobHash(string hex) => Hex = hex;

    public string Hex => field ?? "";

    public static BlobHash Of(ReadOnlySpan<byte> content) => FromDigest(SHA256.HashData(content));

    public static BlobHash FromDigest(ReadOnlySpan<byte> digest) => new(Convert.ToHexStringLower(digest));

    public static bool TryParse(string? text, out BlobHash hash)
    {
        hash = new(text ?? "");
        return text is { Length: Digits } && text.All(char.IsAsciiHexDigitLower);
    }

    /// <exception cref="FormatException">Not 64 lower-case hexadecimal digits.</exception>
    public static BlobHash Parse(string text) => TryParse(text, out var hash) ? hash : throw new FormatException("Not a SHA-256 in lower-case hexadecimal.");

    public override string ToString() => Hex;
}

/// <summary>A blob that is on disk.</summary>
/// <param name="Length">In octets.</param>
public readonly record struct StoredBlob(BlobHash Hash, long Length);

/// <summary>A blob in the store that may or may not be known to the database.</summary>
public readonly record struct BlobObject(BlobHash Hash, DateTime WrittenAt);

/// <summary>The content is longer than its place allows. Nothing was kept.</summary>
public sealed class BlobTooLargeException(long maxBytes) : Exception($"The content is longer than {maxBytes} octets.")
{
    public long MaxBytes { get; } = maxBytes;
}
