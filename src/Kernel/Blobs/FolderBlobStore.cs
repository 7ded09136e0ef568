using System.Runtime.CompilerServices;

namespace Plenum.Kernel.Blobs;

/// <summary>
/// Blobs as files: ab/cd/abcd…, 65,536 folders at most. A file appears whole or not at all: it is written elsewhere, flushed, and renamed.
/// </summary>
public sealed class FolderBlobStore(string root) : IBlobStore
{
    private const int BufferBytes = 64 * 1024;

    public async Task<StoredBlob> PutAsync(Stream content, long maxBytes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(content);
        var arrivals = Path.Combine(root, "arriving");
        Directory.CreateDirectory(arrivals);
        var arriving = Path.Combine(arrivals, Guid.NewGuid().ToString("N"));
        try
        {
            StoredBlob stored;
            await using (var file = new FileStream(arriving, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes, useAsync: true))
            {
                stored = await HashedCopy.ToAsync(file, content, maxBytes, cancellation);
                await file.FlushAsync(cancellation);
                file.Flush(flushToDisk: true);
            }

            var path = PathOf(stored.Hash);
            var folder = Path.GetDirectoryName(path)!;
            var isNewFolder = !Directory.Exists(folder);
            Directory.CreateDirectory(folder);
            File.Move(arriving, path, overwrite: true); // Equal content; the newer file says when it was last put.
            DurableFolder.Flush(folder);
            if (isNewFolder)
            {
                DurableFolder.Flush(Path.GetDirectoryName(folder)!);
                DurableFolder.Flush(root);
            }

            return stored;
        }
        finally
        {
            File.Delete(arriving);
        }
    }

    public Task<Stream?> OpenAsync(BlobHash hash, long offset, long? length, CancellationToken cancellation)
    {
        try
        {
            var file = new FileStream(PathOf(hash), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, BufferBytes, useAsync: true);
            file.Position = Math.Min(offset, file.Length);
            return Task.FromResult<Stream?>(length is { } octets ? new RangeStream(file, octets) : file);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return Task.FromResult<Stream?>(null);
        }
    }

    public Task<DateTime?> WrittenAtAsync(BlobHash hash, CancellationToken cancellation)
    {
        var file = new FileInfo(PathOf(hash));
        return Task.FromResult(file.Exists ? file.LastWriteTimeUtc : (DateTime?)null);
    }

    public Task DeleteAsync(BlobHash hash, CancellationToken cancellation)
    {
        var path = PathOf(hash);
        if (File.Exists(path))
        {
            File.Delete(path);
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<BlobObject> ListAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!Directory.Exists(root))
        {
            yield break;
        }

        foreach (var file in new DirectoryInfo(root).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            cancellation.ThrowIfCancellationRequested();
            if (BlobHash.TryParse(file.Name, out var hash))
            {
                yield return new(hash, file.LastWriteTimeUtc);
            }
        }

        await Task.CompletedTask;
    }

    public Task RemoveArrivalsAsync(DateTime olderThan, CancellationToken cancellation)
    {
        var arrivals = new DirectoryInfo(Path.Combine(root, "arriving"));
        foreach (var file in arrivals.Exists ? arrivals.GetFiles() : [])
        {
            if (file.LastWriteTimeUtc < olderThan)
            {
                file.Delete();
            }
        }

        return Task.CompletedTask;
    }

    private string PathOf(BlobHash hash) => Path.Combine(root, hash.Hex[..2], hash.Hex[2..4], hash.Hex);
}
