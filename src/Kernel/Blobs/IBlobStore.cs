namespace Plenum.Kernel.Blobs;

/// <summary>Where the octets of blobs lie: a folder or an S3 bucket. Content is named by its hash, so writing twice changes nothing.</summary>
public interface IBlobStore
{
    /// <summary>Reads the stream to its end and keeps it; when this returns, it survives a power cut.</summary>
    /// <exception cref="BlobTooLargeException">The stream is longer than <paramref name="maxBytes"/>; nothing is kept.</exception>
    Task<StoredBlob> PutAsync(Stream content, long maxBytes, CancellationToken cancellation);

    /// <summary>Keeps many small contents, together far sooner than one by one; when this returns, all survive a power cut.</summary>
    /// <returns>In the order of the contents.</returns>
    Task<IReadOnlyList<StoredBlob>> PutManyAsync(IReadOnlyList<byte[]> contents, CancellationToken cancellation);

    /// <summary>Opens a range for reading.</summary>
    /// <param name="offset">First octet, from 0; beyond the end gives an empty stream.</param>
    /// <param name="length">Octets to read at most; null: to the end.</param>
    /// <returns>Null if there is no such blob.</returns>
    Task<Stream?> OpenAsync(BlobHash hash, long offset, long? length, CancellationToken cancellation);

    /// <returns>When it was last put, or null if there is no such blob.</returns>
    Task<DateTime?> WrittenAtAsync(BlobHash hash, CancellationToken cancellation);

    /// <summary>Does nothing if there is no such blob.</summary>
    Task DeleteAsync(BlobHash hash, CancellationToken cancellation);

    /// <summary>Everything in the store, in no order.</summary>
    IAsyncEnumerable<BlobObject> ListAsync(CancellationToken cancellation);

    /// <summary>Removes what a crash left half written before this instant.</summary>
    Task RemoveArrivalsAsync(DateTime olderThan, CancellationToken cancellation);
}
