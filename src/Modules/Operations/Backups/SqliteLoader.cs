using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Plenum.Operations.Backups;

/// <summary>Loads rows into SQLite with foreign keys off, and checks them all before the commit.</summary>
[SuppressMessage("Security", "CA2100", Justification = "Names of tables and columns come from the database's own catalogue and are quoted.")]
internal sealed class SqliteLoader : RowLoader
{
    private readonly SqliteConnection _connection;

    private SqliteLoader(SqliteConnection connection, IReadOnlyDictionary<string, TableShape> tables) => (_connection, Tables) = (connection, tables);

    public override IReadOnlyDictionary<string, TableShape> Tables { get; }

    public static async Task<SqliteLoader> BeginAsync(string connectionString, IReadOnlySet<string> cleared, CancellationToken cancellation)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false, ForeignKeys = false }.ToString());
        await connection.OpenAsync(cancellation);
        await ExecuteAsync(connection, "PRAGMA synchronous=FULL; BEGIN IMMEDIATE;", cancellation);
        var tables = new Dictionary<string, TableShape>(StringComparer.Ordinal);
        foreach (var name in await NamesAsync(connection, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^'", cancellation))
        {
            if (name != RowSnapshot.SchemaTable)
            {
                tables[name] = new(name, await SqliteTypes.ColumnsAsync(connection, name, cancellation));
                if (cleared.Contains(name))
                {
                    await ExecuteAsync(connection, $"DELETE FROM {SqliteTypes.Quote(name)}", cancellation);
                }
            }
        }

        return new(connection, tables);
    }

    public override async Task<long> LoadAsync(TableShape table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        await using var insert = _connection.CreateCommand();
        var names = table.Columns.Select((_, i) => $"$p{i}").ToArray();
        insert.CommandText = $"INSERT INTO {SqliteTypes.Quote(table.Name)} ({string.Join(", ", table.Columns.Select(c => SqliteTypes.Quote(c.Name)))}) VALUES ({string.Join(", ", names)})";
        foreach (var name in names)
        {
            insert.Parameters.Add(new SqliteParameter(name, null));
        }

        var count = 0L;
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            for (var i = 0; i < row.Length; i++)
            {
                insert.Parameters[i].Value = row[i] ?? DBNull.Value;
            }

            try
            {
                await insert.ExecuteNonQueryAsync(cancellation);
            }
            catch (SqliteException refused)
            {
                throw new InvalidDataException($"Row {count + 1} of {table.Name} cannot be stored: {refused.Message}", refused);
            }

            count++;
        }

        return count;
    }

    public override async Task CommitAsync(IReadOnlyDictionary<string, long> counters, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(counters);
        if (await NamesAsync(_connection, "SELECT \"table\" || ' -> ' || parent FROM pragma_foreign_key_check LIMIT 5", cancellation) is not [] and var broken)
        {
            throw new InvalidDataException($"Rows refer to rows that are not there: {string.Join(", ", broken.Distinct())}.");
        }

        foreach (var (table, last) in counters)
        {
            await using var set = _connection.CreateCommand();
            set.CommandText = "UPDATE sqlite_sequence SET seq = max(seq, $last) WHERE name = $name; "
                + "INSERT INTO sqlite_sequence (name, seq) SELECT $name, $last WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = $name)";
            set.Parameters.AddWithValue("$name", table);
            set.Parameters.AddWithValue("$last", last);
            await set.ExecuteNonQueryAsync(cancellation);
        }

        await ExecuteAsync(_connection, "COMMIT", cancellation);
    }

    public override ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static async Task ExecuteAsync(SqliteConnection connection, string statement, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<List<string>> NamesAsync(SqliteConnection connection, string query, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var names = new List<string>();
        while (await reader.ReadAsync(cancellation))
        {
            names.Add(reader.GetString(0));
        }

        return names;
    }
}
