using System.Net;
using System.Runtime.CompilerServices;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;

namespace Plenum.Kernel.Blobs;

/// <summary>Blobs in a bucket of any service that speaks S3. Content is hashed on its way through a local file, as its name must be known first.</summary>
public sealed class S3BlobStore : IBlobStore, IDisposable
{
    private const int MaxAtOnce = 8;
    private const long PartBytes = 16 * 1024 * 1024; // S3 allows 10,000 parts of 5 MiB to 5 GiB: up to 156 GiB here.
    private readonly AmazonS3Client _client;
    private readonly string _bucket;
    private readonly string _prefix;
    private readonly string _arrivals;
    private readonly int _pageSize;

    /// <param name="arrivals">Local folder for what is on its way into the bucket.</param>
    /// <param name="pageSize">Objects asked for at a time; S3 gives 1,000 at most.</param>
    public S3BlobStore(BlobsOptions options, string arrivals, int pageSize = 1_000)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_bucket, _prefix, _arrivals, _pageSize) = (options.S3Bucket, options.S3Prefix, arrivals, pageSize);
        _client = new(options.S3AccessKey, options.S3SecretKey, new AmazonS3Config
        {
            ServiceURL = options.S3Endpoint,
            AuthenticationRegion = options.S3Region,
            ForcePathStyle = true, // Bucket host names need DNS of the service's own.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED, // Trailing checksums are unknown to older services.
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
    }

    public async Task<StoredBlob> PutAsync(Stream content, long maxBytes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        Directory.CreateDirectory(_arrivals);
        await using var file = new FileStream(
            Path.Combine(_arrivals, Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024,
            FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        var stored = await HashedCopy.ToAsync(file, content, maxBytes, cancellation);
        file.Position = 0;
        if (stored.Length <= PartBytes)
        {
            await _client.PutObjectAsync(
                new PutObjectRequest { BucketName = _bucket, Key = Key(stored.Hash), InputStream = file, AutoCloseStream = false, UseChunkEncoding = false },
                cancellation);
        }
        else
        {
            await PutPartsAsync(file, stored, cancellation);
        }

        return stored;
    }

    public async Task<IReadOnlyList<StoredBlob>> PutManyAsync(IReadOnlyList<byte[]> contents, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(contents);
        var stored = new StoredBlob[contents.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, contents.Count), new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = cancellation }, async (i, stop) =>
        {
            using var content = new MemoryStream(contents[i], writable: false);
            stored[i] = await PutAsync(content, contents[i].Length, stop);
        });
        return stored;
    }

    public async Task<Stream?> OpenAsync(BlobHash hash, long offset, long? length, CancellationToken cancellation)
    {
        var request = new GetObjectRequest { BucketName = _bucket, Key = Key(hash) };
        if (length == 0)
        {
            return await WrittenAtAsync(hash, cancellation) is null ? null : Stream.Null;
        }

        if (offset > 0 || length is not null)
        {
            request.ByteRange = new ByteRange(offset, length is { } octets ? offset + octets - 1 : long.MaxValue);
        }

        try
        {
            return (await _client.GetObjectAsync(request, cancellation)).ResponseStream;
        }
        catch (AmazonS3Exception refused) when (refused.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (AmazonS3Exception refused) when (refused.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return Stream.Null;
        }
    }

    public async Task<DateTime?> WrittenAtAsync(BlobHash hash, CancellationToken cancellation)
    {
        try
        {
            var found = await _client.GetObjectMetadataAsync(_bucket, Key(hash), cancellation);
            return found.LastModified?.ToUniversalTime() ?? DateTime.UnixEpoch;
        }
        catch (AmazonS3Exception refused) when (refused.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    public Task DeleteAsync(BlobHash hash, CancellationToken cancellation) => _client.DeleteObjectAsync(_bucket, Key(hash), cancellation);

    public async IAsyncEnumerable<BlobObject> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new ListObjectsV2Request { BucketName = _bucket, Prefix = _prefix, MaxKeys = _pageSize };
        ListObjectsV2Response page;
        do
        {
            page = await _client.ListObjectsV2Async(request, cancellation);
            foreach (var found in page.S3Objects ?? [])
            {
                if (BlobHash.TryParse(found.Key[_prefix.Length..], out var hash))
                {
                    yield return new(hash, found.LastModified?.ToUniversalTime() ?? DateTime.UnixEpoch);
                }
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    /// <remarks>Parts of an upload that a crash broke off are invisible, and paid for.</remarks>
    public async Task RemoveArrivalsAsync(DateTime olderThan, CancellationToken cancellation)
    {
        var request = new ListMultipartUploadsRequest { BucketName = _bucket, Prefix = _prefix };
        ListMultipartUploadsResponse page;
        do
        {
            page = await _client.ListMultipartUploadsAsync(request, cancellation);
            foreach (var upload in page.MultipartUploads ?? [])
            {
                if (upload.Initiated?.ToUniversalTime() < olderThan)
                {
                    await _client.AbortMultipartUploadAsync(_bucket, upload.Key, upload.UploadId, cancellation);
                }
            }

            (request.KeyMarker, request.UploadIdMarker) = (page.NextKeyMarker, page.NextUploadIdMarker);
        }
        while (page.IsTruncated == true);
    }

    public void Dispose() => _client.Dispose();

    private async Task PutPartsAsync(FileStream file, StoredBlob stored, CancellationToken cancellation)
    {
        var upload = await _client.InitiateMultipartUploadAsync(_bucket, Key(stored.Hash), cancellation);
        try
        {
            var parts = new List<PartETag>();
            for (var offset = 0L; offset < stored.Length; offset += PartBytes)
            {
                var part = await _client.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = _bucket,
                        Key = upload.Key,
                        UploadId = upload.UploadId,
                        PartNumber = parts.Count + 1,
                        PartSize = Math.Min(PartBytes, stored.Length - offset),
                        InputStream = file,
                        UseChunkEncoding = false,
                    },
                    cancellation);
                parts.Add(new(parts.Count + 1, part.ETag));
            }

            await _client.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest { BucketName = _bucket, Key = upload.Key, UploadId = upload.UploadId, PartETags = parts }, cancellation);
        }
        catch
        {
            await _client.AbortMultipartUploadAsync(_bucket, upload.Key, upload.UploadId, CancellationToken.None); // Parts cost money until then.
            throw;
        }
    }

    private string Key(BlobHash hash) => _prefix + hash.Hex;
}
