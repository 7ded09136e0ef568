using System.Data.Common;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Search;

/// <param name="Rank">How well it matches; comparable within one search only.</param>
internal sealed record SearchCandidate(long Id, string Service, string UnitPath, DateTime Time, double Rank);

/// <summary>The newest entries that match and may be seen, on a connection that is open.</summary>
/// <param name="most">More are not looked for.</param>
internal sealed class SearchCandidates(PlenumDb db, SearchRequest request, SearchTerms terms, int most)
{
    // PostgreSQL keeps the terms in the rows, 1 to 2 kB each. Reading rows from the newest on costs about 1 µs a row, however common the word; the
    // index costs by the matches of all times, but reads only rows that match. So the newest rows tell how common the word is, and that decides.
    private const int FirstRows = 4_096;
    private const int MostRowsRead = 24_576; // 25 ms.
    private const double Margin = 1.5; // Words come in waves.
    private const int LeastGrowth = 4;
    private const int MostGrowth = 64; // What was rare lately may have been common before.

    /// <returns>At most so many as were asked for, newest first.</returns>
    public async Task<List<SearchCandidate>> NewestAsync(CancellationToken cancellation)
    {
        if (!db.IsPostgreSql)
        {
            return await ReadAsync(Sqlite, 0, 0, most, cancellation);
        }

        await using var newest = Command(db, "SELECT coalesce(max(id), 0) FROM kernel_search");
        var top = (long)(await newest.ExecuteScalarAsync(cancellation))!;
        var found = await ReadAsync(PostgresByRows, top - FirstRows, top, most, cancellation);
        for (long seen = FirstRows; seen < top && found.Count < most;)
        {
            var needed = Math.Max(seen, Margin * seen * (most - found.Count) / Math.Max(found.Count, 1)); // As many again at least: the few that lack may be old.
            var byRows = needed <= MostRowsRead;
            var width = byRows ? (long)Math.Ceiling(needed) : (long)Math.Clamp(needed, seen * LeastGrowth, seen * MostGrowth);
            found.AddRange(await ReadAsync(byRows ? PostgresByRows : PostgresByIndex, top - seen - width, top - seen, most - found.Count, cancellation));
            seen += width;
        }

        return found;
    }

    public static DbCommand Command(PlenumDb db, string statement)
    {
        var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
#pragma warning disable CA2100 // Built from constants and numbers; what people type goes into parameters.
        command.CommandText = statement;
#pragma warning restore CA2100
        return command;
    }

    private string Filter
        => (request.Service is null ? "" : " AND d.service = @service")
            + (request.KeyPrefix is { Length: > 0 } ? " AND d.key LIKE @key" : "")
            + (request.UnitPath is { Length: > 0 } ? " AND (d.unit_path = @unit OR (d.unit_path >= @below AND d.unit_path < @beyond))" : "");

    private string Sqlite
        => $"""
           SELECT d.id, d.service, d.unit_path, d.happened_at, -bm25(kernel_search_terms, 10.0, 1.0)
           FROM kernel_search_terms JOIN kernel_search d ON d.id = kernel_search_terms.rowid
           WHERE kernel_search_terms MATCH @terms AND d.audience_id IN (SELECT value FROM json_each(@audiences)){Filter}
           ORDER BY kernel_search_terms.rowid DESC LIMIT @most
           """;

    private const string PostgresColumns
        = "d.id, d.service, d.unit_path, d.happened_at, CAST(ts_rank('{0.1, 0.2, 0.4, 1.0}', d.terms, CAST(@terms AS tsquery)) AS double precision)";

    /// <summary>IS TRUE keeps the planner from the index of terms.</summary>
    private string PostgresByRows
        => $"""
           SELECT {PostgresColumns} FROM kernel_search d
           WHERE (d.terms @@ CAST(@terms AS tsquery)) IS TRUE AND d.audience_id = ANY(@audiences) AND d.id > @after AND d.id <= @until{Filter}
           ORDER BY d.id DESC LIMIT @most
           """;

    /// <summary>MATERIALIZED keeps the planner from reading all rows backwards in the hope of an early end, and what is sorted is narrow.</summary>
    private string PostgresByIndex
        => $"""
           WITH matching AS MATERIALIZED (
               SELECT d.id FROM kernel_search d
               WHERE d.terms @@ CAST(@terms AS tsquery) AND d.audience_id = ANY(@audiences) AND d.id > @after AND d.id <= @until{Filter})
           SELECT {PostgresColumns} FROM (SELECT id FROM matching ORDER BY id DESC LIMIT @most) newest JOIN kernel_search d ON d.id = newest.id
           ORDER BY d.id DESC
           """;

    private async Task<List<SearchCandidate>> ReadAsync(string statement, long after, long until, int most, CancellationToken cancellation)
    {
        await using var command = Command(db, statement);
        Add(command, "terms", db.IsPostgreSql ? terms.ForPostgres() : terms.ForSqlite());
        Add(command, "audiences", db.IsPostgreSql ? request.Audiences.ToArray() : JsonSerializer.Serialize(request.Audiences));
        Add(command, "most", most);
        if (db.IsPostgreSql)
        {
            Add(command, "after", after);
            Add(command, "until", until);
        }

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

        var read = new List<SearchCandidate>();
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        while (await rows.ReadAsync(cancellation))
        {
            var time = DateTime.SpecifyKind(rows.GetDateTime(3), DateTimeKind.Utc);
            read.Add(new(rows.GetInt64(0), rows.GetString(1), rows.GetString(2), time, rows.GetDouble(4)));
        }

        return read;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
