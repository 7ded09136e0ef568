using System.Data;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using Npgsql;

namespace Plenum.Operations.Backups;

/// <summary>A repeatable-read transaction: it sees the moment of its first statement for as long as it lasts (PostgreSQL manual §13.2.2).</summary>
[SuppressMessage("Security", "CA2100", Justification = "Names of tables and columns come from the database's own catalogue and are quoted.")]
internal sealed class PostgresSnapshot : RowSnapshot
{
    private readonly NpgsqlConnection _connection;

    private PostgresSnapshot(NpgsqlConnection connection) => _connection = connection;

    public static async Task<PostgresSnapshot> BeginAsync(string connectionString, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ToString());
        await connection.OpenAsync(cancellation);
        await using var begin = new NpgsqlCommand("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT 1", connection);
        await begin.ExecuteNonQueryAsync(cancellation);
        return new(connection);
    }

    public override async Task<IReadOnlyList<TableShape>> TablesAsync(CancellationToken cancellation)
        => [.. (await PostgresTypes.TablesAsync(_connection, cancellation)).Where(t => t.Name != SchemaTable)];

    public override async IAsyncEnumerable<object?[]> ReadAsync(TableShape table, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var columns = string.Join(", ", table.Columns.Select(c => PostgresTypes.Quote(c.Name)));
        await using var command = new NpgsqlCommand($"SELECT {columns} FROM {PostgresTypes.Quote(table.Name)}", _connection);
        await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, cancellation);
        var row = new object?[table.Columns.Count];
        while (await reader.ReadAsync(cancellation))
        {
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = FromStored(reader.GetValue(i), table.Columns[i].Kind);
            }

            yield return row;
        }
    }

    public override async Task<IReadOnlyList<long>> MigrationsAsync(CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"SELECT version FROM {SchemaTable} ORDER BY version", _connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var numbers = new List<long>();
        while (await reader.ReadAsync(cancellation))
        {
            numbers.Add(reader.GetInt64(0));
        }

        return numbers;
    }

    public override async Task<IReadOnlyDictionary<string, long>> CountersAsync(CancellationToken cancellation)
    {
        var counters = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (table, _, sequence) in await PostgresTypes.SequencesAsync(_connection, cancellation))
        {
            await using var last = new NpgsqlCommand($"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}", _connection);
            counters[table] = (long)(await last.ExecuteScalarAsync(cancellation))!;
        }

        return counters;
    }

    public override ValueTask DisposeAsync() => _connection.DisposeAsync(); // Ends the transaction too.

    private static object? FromStored(object stored, ColumnKind kind) => stored switch
    {
        DBNull => null,
        short or int => Convert.ToInt64(stored, CultureInfo.InvariantCulture),
        float or decimal => Convert.ToDouble(stored, CultureInfo.InvariantCulture),
        DateTime instant => instant.ToUniversalTime(),
        _ when kind == ColumnKind.Text => stored.ToString(),
        _ => stored,
    };
}
