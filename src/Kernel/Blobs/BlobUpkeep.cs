using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Blobs;

public enum BlobFaultKind
{
    Missing,
    Changed,
}

/// <summary>A blob the database knows and the store does not have, or has with other content.</summary>
public readonly record struct BlobFault(BlobHash Hash, BlobFaultKind Kind);

/// <summary>Sweeps what nobody refers to and verifies what is there. Safe to run twice, and on two nodes.</summary>
public sealed class BlobUpkeep(PlenumDb db, IBlobStore store, IOptions<BlobsOptions> options, TimeProvider clock)
{
    private const int BatchSize = 500; // Short transactions: SQLite has one writer.

    /// <returns>How many blobs went.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation)
    {
        var old = clock.GetUtcNow().UtcDateTime - options.Value.SweepGrace;
        var swept = await SweepRowsAsync(old, cancellation) + await SweepStrayAsync(old, cancellation);
        await store.RemoveArrivalsAsync(old, cancellation);
        return swept;
    }

    /// <summary>Reads every blob and names the faulty ones as they are found.</summary>
    /// <param name="progress">Receives the number of blobs read so far.</param>
    public async IAsyncEnumerable<BlobFault> VerifyAsync(IProgress<long>? progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var last = "";
        var read = 0L;
        while (await After(last).Select(b => b.Hash).Take(BatchSize).ToListAsync(cancellation) is [.., var end] batch)
        {
            foreach (var hash in batch.Select(BlobHash.Parse))
            {
                if (await FaultOfAsync(hash, cancellation) is { } kind)
                {
                    yield return new(hash, kind);
                }

                progress?.Report(++read);
            }

            last = end;
        }
    }

    private IQueryable<BlobRow> After(string last) => db.Set<BlobRow>().AsNoTracking().Where(b => b.Hash.CompareTo(last) > 0).OrderBy(b => b.Hash);

    private async Task<BlobFaultKind?> FaultOfAsync(BlobHash hash, CancellationToken cancellation)
    {
        await using var content = await store.OpenAsync(hash, 0, null, cancellation);
        return content is null ? BlobFaultKind.Missing
            : BlobHash.FromDigest(await SHA256.HashDataAsync(content, cancellation)) != hash ? BlobFaultKind.Changed
            : null;
    }

    private async Task<int> SweepRowsAsync(DateTime old, CancellationToken cancellation)
    {
        var swept = 0;
        var unneeded = db.Set<BlobRow>().Where(b => b.LastPutAt < old && !db.Set<BlobReference>().Any(r => r.Hash == b.Hash));
        while (await unneeded.OrderBy(b => b.LastPutAt).Select(b => b.Hash).Take(BatchSize).ToListAsync(cancellation) is not [] and var batch)
        {
            foreach (var hash in batch)
            {
                // Asked again in the same statement: a put or a reference of this moment keeps the row.
                if (await unneeded.Where(b => b.Hash == hash).ExecuteDeleteAsync(cancellation) > 0)
                {
                    swept += await DeleteIfOldAsync(BlobHash.Parse(hash), old, cancellation);
                }
            }
        }

        return swept;
    }

    // Content that was put and never committed, and what a sweep left between its two steps.
    private async Task<int> SweepStrayAsync(DateTime old, CancellationToken cancellation)
    {
        var swept = 0;
        await foreach (var found in store.ListAsync(cancellation))
        {
            if (found.WrittenAt < old && !await db.Set<BlobRow>().AnyAsync(b => b.Hash == found.Hash.Hex, cancellation))
            {
                swept += await DeleteIfOldAsync(found.Hash, old, cancellation);
            }
        }

        return swept;
    }

    private async Task<int> DeleteIfOldAsync(BlobHash hash, DateTime old, CancellationToken cancellation)
    {
        if (await store.WrittenAtAsync(hash, cancellation) is not { } writtenAt || writtenAt >= old)
        {
            return 0; // Gone, or put again a moment ago.
        }

        await store.DeleteAsync(hash, cancellation);
        return 1;
    }
}
