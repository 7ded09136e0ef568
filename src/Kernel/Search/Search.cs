using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Search;

/// <summary>Finds what the viewer may see. The audience is part of the query, never a filter afterwards.</summary>
public sealed class Search(PlenumDb db, TimeProvider clock)
{
    /// <summary>Hits that are ranked and counted; of more, the newest entries are taken and the page says so.</summary>
    public const int MaxCandidates = 2_000; // Ranking reads each candidate's terms; a word in a third of 200,000 things stays within 60 ms.

    private const int MaxTake = 100;
    private const double NewBonus = 0.5; // A thing of today counts half as much again as an old one that matches as well.

    public async Task<SearchPage> FindAsync(SearchRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        var terms = SearchTerms.Parse(request.Text);
        if (terms.IsEmpty || request.Audiences.Count == 0)
        {
            return SearchPage.Empty;
        }

        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            var found = await CandidatesAsync(request, terms, cancellation);
            var isMore = found.Count > MaxCandidates;
            var ranked = found.Take(MaxCandidates).OrderByDescending(Score).ThenByDescending(c => c.Id).ToList();
            var page = ranked.Skip(Math.Max(0, request.Skip)).Take(Math.Clamp(request.Take, 1, MaxTake)).ToList();
            return new(
                await HitsAsync(page, terms, cancellation),
                ranked.Count,
                isMore,
                ranked.CountBy(c => c.Service).ToDictionary(StringComparer.Ordinal),
                ranked.CountBy(c => c.UnitPath).ToDictionary(StringComparer.Ordinal));
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private double Score(Candidate candidate)
    {
        var years = Math.Max(0, (clock.GetUtcNow().UtcDateTime - candidate.Time).TotalDays / 365);
        return candidate.Rank * (1 + (NewBonus / (1 + years)));
    }

    private async Task<List<Candidate>> CandidatesAsync(SearchRequest request, SearchTerms terms, CancellationToken cancellation)
    {
        await using var command = Command(Statement(request));
        Add(command, "terms", db.IsPostgreSql ? terms.ForPostgres() : terms.ForSqlite());
        Add(command, "audiences", db.IsPostgreSql ? request.Audiences.ToArray() : JsonSerializer.Serialize(request.Audiences));
        Add(command, "most", MaxCandidates + 1);
        if (request.Service is { } service)
        {
            Add(command, "service", service);
        }

        if (request.KeyPrefix is { Length: > 0 } prefix)
        {
            Add(command, "key", prefix + "%");
        }

        if (request.UnitPath is { Length: > 0 } path)
        {
            Add(command, "unit", path);
            Add(command, "below", path + "/");
            Add(command, "beyond", path + "0"); // The character after "/": everything between begins with "path/".
        }

        var found = new List<Candidate>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var time = DateTime.SpecifyKind(rows.GetDateTime(3), DateTimeKind.Utc);
            found.Add(new(rows.GetInt64(0), rows.GetString(1), rows.GetString(2), time, rows.GetDouble(4)));
        }

        return found;
    }

    private string Statement(SearchRequest request)
    {
        var filter = (request.Service is null ? "" : " AND d.service = @service")
            + (request.KeyPrefix is { Length: > 0 } ? " AND d.key LIKE @key" : "")
            + (request.UnitPath is { Length: > 0 } ? " AND (d.unit_path = @unit OR (d.unit_path >= @below AND d.unit_path < @beyond))" : "");
        return db.IsPostgreSql
            ? $$"""
               SELECT c.id, c.service, c.unit_path, c.happened_at, CAST(ts_rank('{0.1, 0.2, 0.4, 1.0}', c.terms, CAST(@terms AS tsquery)) AS double precision)
               FROM (SELECT d.* FROM kernel_search d
                     WHERE d.terms @@ CAST(@terms AS tsquery) AND d.audience_id = ANY(@audiences){{filter}}
                     ORDER BY d.id DESC LIMIT @most) c
               ORDER BY c.id DESC
               """
            : $"""
               SELECT d.id, d.service, d.unit_path, d.happened_at, -bm25(kernel_search_terms, 10.0, 1.0)
               FROM kernel_search_terms JOIN kernel_search d ON d.id = kernel_search_terms.rowid
               WHERE kernel_search_terms MATCH @terms AND d.audience_id IN (SELECT value FROM json_each(@audiences)){filter}
               ORDER BY kernel_search_terms.rowid DESC LIMIT @most
               """;
    }

    private async Task<IReadOnlyList<SearchHit>> HitsAsync(List<Candidate> page, SearchTerms terms, CancellationToken cancellation)
    {
        if (page is [])
        {
            return [];
        }

        var ids = string.Join(',', page.Select(c => c.Id.ToString(CultureInfo.InvariantCulture)));
        await using var command = Command(
            $"SELECT d.id, d.key, d.url, d.language, t.title, t.body FROM kernel_search d JOIN kernel_search_text t ON t.id = d.id WHERE d.id IN ({ids})");
        var hits = new Dictionary<long, SearchHit>();
        var known = page.ToDictionary(c => c.Id);
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var candidate = known[rows.GetInt64(0)];
            var language = rows.GetString(3);
            hits[candidate.Id] = new(
                candidate.Service, rows.GetString(1), rows.GetString(2), candidate.UnitPath, candidate.Time,
                Highlight.Whole(rows.GetString(4), language, terms), Highlight.Passage(rows.GetString(5), language, terms));
        }

        return [.. page.Where(c => hits.ContainsKey(c.Id)).Select(c => hits[c.Id])];
    }

    private DbCommand Command(string statement)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
#pragma warning disable CA2100 // Built from constants and numbers; what people type goes into parameters.
        command.CommandText = statement;
#pragma warning restore CA2100
        return command;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }

    private sealed record Candidate(long Id, string Service, string UnitPath, DateTime Time, double Rank);
}
