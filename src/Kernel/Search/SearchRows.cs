using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Search;

/// <summary>The statements that write entries, prepared once for all entries of a transaction.</summary>
internal sealed class SearchRows : IAsyncDisposable
{
    private readonly PlenumDb _db;
    private readonly DbCommand _row;
    private readonly DbCommand _text;
    private readonly DbCommand _terms;
    private readonly DbCommand? _oldTerms;

    public SearchRows(PlenumDb db, DateTime now)
    {
        _db = db;
        _row = Command(
            """
            INSERT INTO kernel_search (service, key, url, unit_path, language, happened_at, audience_id, indexed_at)
            VALUES (@service, @key, @url, @unit, @language, @time, @audience, @now)
            ON CONFLICT (service, key) DO UPDATE SET url = excluded.url, unit_path = excluded.unit_path, language = excluded.language,
                happened_at = excluded.happened_at, audience_id = excluded.audience_id, indexed_at = excluded.indexed_at
            RETURNING id
            """,
            "service", "key", "url", "unit", "language", "time", "audience", "now");
        _row.Parameters["now"].Value = now;
        _text = Command(
            "INSERT INTO kernel_search_text (id, title, body) VALUES (@id, @title, @body) ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body",
            "id", "title", "body");
        _terms = db.IsPostgreSql
            ? Command("UPDATE kernel_search SET terms = CAST(@vector AS tsvector) WHERE id = @id", "id", "vector")
            : Command("INSERT INTO kernel_search_terms (rowid, title, body) VALUES (@id, @title, @body)", "id", "title", "body");
        _oldTerms = db.IsPostgreSql ? null : Command("DELETE FROM kernel_search_terms WHERE rowid = @id", "id");
    }

    public async Task WriteAsync(SearchEntry entry, CancellationToken cancellation)
    {
        var document = entry.Document;
        Set(_row, ("service", document.Service), ("key", document.Key), ("url", document.Url), ("unit", document.UnitPath),
            ("language", document.Language), ("time", DateTime.SpecifyKind(document.Time, DateTimeKind.Utc)), ("audience", document.AudienceId));
        var id = (long)(await _row.ExecuteScalarAsync(cancellation))!;
        Set(_text, ("id", id), ("title", entry.Title), ("body", entry.Body));
        await _text.ExecuteNonQueryAsync(cancellation);
        if (_oldTerms is null)
        {
            Set(_terms, ("id", id), ("vector", Vector(entry.TitleTerms, entry.BodyTerms)));
        }
        else
        {
            Set(_oldTerms, ("id", id));
            await _oldTerms.ExecuteNonQueryAsync(cancellation);
            Set(_terms, ("id", id), ("title", Words(entry.TitleTerms)), ("body", Words(entry.BodyTerms)));
        }

        await _terms.ExecuteNonQueryAsync(cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var command in (DbCommand?[])[_row, _text, _terms, _oldTerms])
        {
            if (command is not null)
            {
                await command.DisposeAsync();
            }
        }
    }

    private DbCommand Command(string statement, params ReadOnlySpan<string> parameters)
    {
        var command = _db.Database.GetDbConnection().CreateCommand();
        command.Transaction = _db.Database.CurrentTransaction!.GetDbTransaction();
#pragma warning disable CA2100 // The statements above; values go into parameters.
        command.CommandText = statement;
#pragma warning restore CA2100
        foreach (var name in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    private static void Set(DbCommand command, params ReadOnlySpan<(string Name, object Value)> values)
    {
        foreach (var (name, value) in values)
        {
            command.Parameters[name].Value = value;
        }
    }

    private static string Words(List<Term> terms) => string.Join(' ', terms.Select(t => t.Text));

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
}
