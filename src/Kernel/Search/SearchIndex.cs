using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
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
    private const int MaxTerms = 15_000; // PostgreSQL keeps positions up to 16,383; later words of a book are not found.
    private const int MaxBodyLength = 200_000;
    private const int MaxTitleLength = 1_000;

    /// <summary>Enters a thing, or renews its entry.</summary>
    public async Task PutAsync(PlenumDb db, SearchDocument document, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(document);
        var (title, body) = (Clean(document.Title, MaxTitleLength), Clean(document.Body, MaxBodyLength));
        var titleTerms = Terms.Of(title, document.Language, MaxTerms / 10);
        var bodyTerms = Terms.Of(body, document.Language, MaxTerms - titleTerms.Count);
        var now = clock.GetUtcNow().UtcDateTime;
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellation) : null;
        var id = (await db.Database.SqlQuery<long>(
            $"""
             INSERT INTO kernel_search (service, key, url, unit_path, language, happened_at, audience_id, indexed_at)
             VALUES ({document.Service}, {document.Key}, {document.Url}, {document.UnitPath}, {document.Language}, {document.Time}, {document.AudienceId}, {now})
             ON CONFLICT (service, key) DO UPDATE SET url = excluded.url, unit_path = excluded.unit_path, language = excluded.language,
                 happened_at = excluded.happened_at, audience_id = excluded.audience_id, indexed_at = excluded.indexed_at
             RETURNING id AS "Value"
             """).ToListAsync(cancellation)).Single();
        await db.Database.ExecuteSqlAsync(
            $"INSERT INTO kernel_search_text (id, title, body) VALUES ({id}, {title}, {body}) ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body",
            cancellation);
        if (db.IsPostgreSql)
        {
            var vector = Vector(titleTerms, bodyTerms);
            await db.Database.ExecuteSqlAsync($"UPDATE kernel_search SET terms = CAST({vector} AS tsvector) WHERE id = {id}", cancellation);
        }
        else
        {
            var (inTitle, inBody) = (string.Join(' ', titleTerms.Select(t => t.Text)), string.Join(' ', bodyTerms.Select(t => t.Text)));
            await db.Database.ExecuteSqlAsync($"DELETE FROM kernel_search_terms WHERE rowid = {id}", cancellation);
            await db.Database.ExecuteSqlAsync($"INSERT INTO kernel_search_terms (rowid, title, body) VALUES ({id}, {inTitle}, {inBody})", cancellation);
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

    private static string Vector(List<Term> title, List<Term> body)
    {
        const int Gap = 2; // Title and body are not one phrase.
        var vector = new StringBuilder();
        for (var i = 0; i < title.Count; i++)
        {
            vector.Append(CultureInfo.InvariantCulture, $"'{title[i].Text}':{i + 1}A ");
        }

        for (var i = 0; i < body.Count; i++)
        {
            vector.Append(CultureInfo.InvariantCulture, $"'{body[i].Text}':{title.Count + Gap + i} ");
        }

        return vector.ToString();
    }

    private static string Clean(string text, int maxLength)
        => string.Concat((text.Length > maxLength ? text[..maxLength] : text).EnumerateRunes().Select(r => r.Value == 0 ? " " : r.ToString()));
}
