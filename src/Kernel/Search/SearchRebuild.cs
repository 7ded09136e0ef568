using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Search;

/// <summary>Builds the index anew while it is in use. May be broken off and started again.</summary>
public sealed class SearchRebuild(PlenumDb db, SearchIndex index, IEnumerable<ISearchSource> sources, TimeProvider clock)
{
    private const int BatchSize = 100; // One transaction each: SQLite has one writer.

    /// <param name="progress">Receives the number of things entered so far.</param>
    public async Task RunAsync(IProgress<long>? progress, CancellationToken cancellation)
    {
        var done = 0L;
        foreach (var source in sources)
        {
            var started = clock.GetUtcNow().UtcDateTime;
            await foreach (var batch in source.AllAsync(cancellation).Chunk(BatchSize).WithCancellation(cancellation))
            {
                await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
                await index.PutManyAsync(db, batch, cancellation);

                await transaction.CommitAsync(cancellation);
                progress?.Report(done += batch.Length);
            }

            await RemoveOldAsync(source.Service, started, cancellation);
        }
    }

    // What the source no longer has.
    private async Task RemoveOldAsync(string service, DateTime started, CancellationToken cancellation)
    {
        while (await db.Database.SqlQuery<long>(
            $"SELECT id AS \"Value\" FROM kernel_search WHERE service = {service} AND indexed_at < {started} ORDER BY id LIMIT {BatchSize}")
            .ToListAsync(cancellation) is not [] and var old)
        {
            await SearchIndex.RemoveAsync(db, old, cancellation);
        }
    }
}
