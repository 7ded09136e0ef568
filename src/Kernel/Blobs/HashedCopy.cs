using System.Buffers;
using System.Security.Cryptography;

namespace Plenum.Kernel.Blobs;

/// <summary>Copies a stream into a file while hashing it, up to a limit.</summary>
internal static class HashedCopy
{
    private const int BufferBytes = 128 * 1024;

    /// <exception cref="BlobTooLargeException">The stream is longer than <paramref name="maxBytes"/>.</exception>
    public static async Task<StoredBlob> ToAsync(FileStream file, Stream content, long maxBytes, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            var length = 0L;
            while (await content.ReadAsync(buffer.AsMemory(0, BufferBytes), cancellation) is > 0 and var read)
            {
                length += read;
                if (length > maxBytes)
                {
                    throw new BlobTooLargeException(maxBytes);
                }

                hash.AppendData(buffer, 0, read);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }

            return new(BlobHash.FromDigest(hash.GetHashAndReset()), length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
