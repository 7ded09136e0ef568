using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace Plenum.Operations.Backups;

/// <summary>A read transaction in WAL mode: it sees the moment of its first read for as long as it lasts (sqlite.org/isolation.html).</summary>
[SuppressMessage("Security", "CA2100", Justification = "Names of tables and columns come from the database's own catalogue and are quoted.")]
internal sealed class SqliteSnapshot : RowSnapshot
{
    private readonly SqliteConnection _connection;

    private SqliteSnapshot(SqliteConnection connection) => _connection = connection;

    public static async Task<SqliteSnapshot> BeginAsync(string connectionString, CancellationToken cancellation)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(cancellation);
        var snapshot = new SqliteSnapshot(connection);
        await snapshot.ExecuteAsync("PRAGMA busy_timeout=5000; PRAGMA query_only=ON; BEGIN; SELECT COUNT(*) FROM sqlite_master;", cancellation);
        return snapshot;
    }

    public override async Task<IReadOnlyList<TableShape>> TablesAsync(CancellationToken cancellation)
    {
        var tables = new List<TableShape>();
        foreach (var name in await NamesAsync("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^' ORDER BY name", cancellation))
        {
            if (name != SchemaTable)
            {
                tables.Add(new(name, await SqliteTypes.ColumnsAsync(_connection, name, cancellation)));
            }
        }

        return tables;
    }

    public override async IAsyncEnumerable<object?[]> ReadAsync(TableShape table, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT {string.Join(", ", table.Columns.Select(c => SqliteTypes.Quote(c.Name)))} FROM {SqliteTypes.Quote(table.Name)}";
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var row = new object?[table.Columns.Count];
        while (await reader.ReadAsync(cancellation))
        {
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = SqliteTypes.FromStored(reader.GetValue(i), table.Columns[i].Kind);
            }

            yield return row;
        }
    }

    public override async Task<IReadOnlyList<long>> MigrationsAsync(CancellationToken cancellation)
        => [.. (await NamesAsync($"SELECT CAST(version AS TEXT) FROM {SchemaTable} ORDER BY version", cancellation)).Select(n => long.Parse(n, CultureInfo.InvariantCulture))];

    public override async Task<IReadOnlyDictionary<string, long>> CountersAsync(CancellationToken cancellation)
        => (await NamesAsync("SELECT name || ' ' || seq FROM sqlite_sequence ORDER BY name", cancellation))
            .Select(n => n.Split(' ')).ToDictionary(p => p[0], p => long.Parse(p[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    public override ValueTask DisposeAsync() => _connection.DisposeAsync();

    private async Task ExecuteAsync(string statements, CancellationToken cancellation)
    {
        await using var command = _connection.CreateCommand();
        command.CommandText = statements;
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task<List<string>> NamesAsync(string query, CancellationToken cancellation)
    {
        await using var command = _connection.CreateCommand();
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
