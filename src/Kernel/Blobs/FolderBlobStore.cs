using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Plenum.Kernel.Blobs;

/// <summary>
/// Blobs as files: ab/cd/abcd…, 65,536 folders at most. A file appears whole or not at all: it is written elsewhere, flushed, and renamed.
/// </summary>
public sealed class FolderBlobStore(string root) : IBlobStore
{
    private const int BufferBytes = 64 * 1024;
    private const int MaxAtOnce = 8; // More flushes at once no longer help a disk.

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

            foreach (var changed in Place(arriving, stored.Hash))
            {
                DurableFolder.Flush(changed);
            }

            return stored;
        }
        finally
        {
            File.Delete(arriving);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Each folder is flushed once, after all have their names.</remarks>
    public async Task<IReadOnlyList<StoredBlob>> PutManyAsync(IReadOnlyList<byte[]> contents, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(contents);
        var arrivals = Path.Combine(root, "arriving");
        Directory.CreateDirectory(arrivals);
        var stored = contents.Select(c => new StoredBlob(BlobHash.Of(c), c.Length)).ToList();
        var changed = new ConcurrentBag<string>();
        await EachAsync(stored.Zip(contents).DistinctBy(b => b.First.Hash), blob => Keep(arrivals, blob.First.Hash, blob.Second).ForEach(changed.Add), cancellation);
        await EachAsync(changed.Distinct(StringComparer.Ordinal), DurableFolder.Flush, cancellation);
        return stored;
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

    private List<string> Keep(string arrivals, BlobHash hash, byte[] content)
    {
        var arriving = Path.Combine(arrivals, Guid.NewGuid().ToString("N"));
        try
        {
            using (var file = File.OpenHandle(arriving, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                RandomAccess.Write(file, content, 0);
                RandomAccess.FlushToDisk(file);
            }

            return Place(arriving, hash);
        }
        finally
        {
            File.Delete(arriving);
        }
    }

    /// <summary>Gives a file that is whole its name.</summary>
    /// <returns>The folders to flush before it lasts.</returns>
    private List<string> Place(string arriving, BlobHash hash)
    {
        var path = PathOf(hash);
        var folder = Path.GetDirectoryName(path)!;
        var isNewFolder = !Directory.Exists(folder);
        Directory.CreateDirectory(folder);
        File.Move(arriving, path, overwrite: true); // Equal content; the newer file says when it was last put.
        return isNewFolder ? [folder, Path.GetDirectoryName(folder)!, root] : [folder];
    }

    /// <summary>On threads of their own: they wait for the disk most of the time, and the pool would give them two.</summary>
    private static async Task EachAsync<T>(IEnumerable<T> items, Action<T> act, CancellationToken cancellation)
    {
        var next = new ConcurrentQueue<T>(items);
        void Work()
        {
            while (!cancellation.IsCancellationRequested && next.TryDequeue(out var item))
            {
                act(item);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, Math.Min(MaxAtOnce, next.Count))
            .Select(_ => Task.Factory.StartNew(Work, cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        cancellation.ThrowIfCancellationRequested();
    }

    private string PathOf(BlobHash hash) => Path.Combine(root, hash.Hex[..2], hash.Hex[2..4], hash.Hex);
}
