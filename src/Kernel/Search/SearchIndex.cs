using System.Diagnostics.CodeAnalysis;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Search;

/// <summary>
/// Writes the one index over all modules. Its statements run at once on the caller's connection: inside the caller's transaction,
/// so a thing and its entry are saved together.
/// </summary>
[SuppressMessage("Performance", "CA1822", Justification = "One object for both verbs.")]
public sealed class SearchIndex(TimeProvider clock)
{
    /// <summary>Enters a thing, or renews its entry.</summary>
    public Task PutAsync(PlenumDb db, SearchDocument document, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(document);
        return PutManyAsync(db, [document], cancellation);
    }

    /// <summary>Enters or renews many: their words are reduced on all cores, their rows written by prepared statements.</summary>
    public async Task PutManyAsync(PlenumDb db, IReadOnlyList<SearchDocument> documents, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(documents);
        var entries = documents.Count == 1 ? [SearchEntry.Of(documents[0])] : documents.AsParallel().AsOrdered().WithCancellation(cancellation).Select(SearchEntry.Of).ToList();
        var now = clock.GetUtcNow().UtcDateTime;
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellation) : null;
        await using var rows = new SearchRows(db, now);
        foreach (var entry in entries)
        {
            await rows.WriteAsync(entry, cancellation);
        }

        if (own is not null)
        {
            await own.CommitAsync(cancellation);
        }
    }

    /// <summary>Takes a thing out, if it is in.</summary>
    public async Task RemoveAsync(PlenumDb db, string service, string key, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        var found = await db.Database.SqlQuery<long>($"SELECT id AS \"Value\" FROM kernel_search WHERE service = {service} AND key = {key}").ToListAsync(cancellation);
        await RemoveAsync(db, found, cancellation);
    }

    /// <summary>Gives everything whose key begins alike to another audience and unit: a board or folder changed hands. Texts stay as they are.</summary>
    /// <param name="keyPrefix">ASCII, ending with a separator such as "/".</param>
    public Task ReassignAsync(PlenumDb db, string service, string keyPrefix, int audienceId, string unitPath, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentException.ThrowIfNullOrEmpty(keyPrefix);
        var pattern = keyPrefix + "%";
        return db.Database.ExecuteSqlAsync(
            $"UPDATE kernel_search SET audience_id = {audienceId}, unit_path = {unitPath} WHERE service = {service} AND key LIKE {pattern}", cancellation);
    }

    internal static async Task RemoveAsync(PlenumDb db, IReadOnlyList<long> ids, CancellationToken cancellation)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellation) : null;
        foreach (var id in ids)
        {
            if (!db.IsPostgreSql)
            {
                await db.Database.ExecuteSqlAsync($"DELETE FROM kernel_search_terms WHERE rowid = {id}", cancellation);
            }

            await db.Database.ExecuteSqlAsync($"DELETE FROM kernel_search_text WHERE id = {id}", cancellation);
            await db.Database.ExecuteSqlAsync($"DELETE FROM kernel_search WHERE id = {id}", cancellation);
        }

        if (own is not null)
        {
            await own.CommitAsync(cancellation);
        }
    }
}
