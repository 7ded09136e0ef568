using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Npgsql;

namespace Plenum.Operations.Backups;

/// <summary>
/// Loads rows into PostgreSQL by binary COPY. Foreign keys are taken off inside the transaction and put back at its end, which checks them:
/// no order of tables to keep, no superuser needed.
/// </summary>
[SuppressMessage("Security", "CA2100", Justification = "Names and definitions come from the database's own catalogue and are quoted.")]
internal sealed class PostgresLoader : RowLoader
{
    private const string ForeignKeysQuery = """
        SELECT c.relname, k.conname, pg_get_constraintdef(k.oid)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        WHERE k.contype = 'f' AND c.relnamespace = current_schema()::regnamespace
        """;

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlTransaction _transaction;
    private readonly List<(string Table, string Name, string Definition)> _foreignKeys = [];

    private PostgresLoader(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyDictionary<string, TableShape> tables)
        => (_connection, _transaction, Tables) = (connection, transaction, tables);

    public override IReadOnlyDictionary<string, TableShape> Tables { get; }

    public static async Task<PostgresLoader> BeginAsync(string connectionString, IReadOnlySet<string> cleared, CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ToString());
        await connection.OpenAsync(cancellation);
        var transaction = await connection.BeginTransactionAsync(cancellation);
        var tables = (await PostgresTypes.TablesAsync(connection, cancellation)).Where(t => t.Name != RowSnapshot.SchemaTable).ToDictionary(t => t.Name, StringComparer.Ordinal);
        var loader = new PostgresLoader(connection, transaction, tables);
        await loader.ClearAsync(cleared, cancellation);
        return loader;
    }

    public override async Task<long> LoadAsync(TableShape table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var columns = string.Join(", ", table.Columns.Select(c => PostgresTypes.Quote(c.Name)));
        var types = table.Columns.Select(PostgresTypes.DbTypeOf).ToArray();
        var count = 0L;
        try
        {
            await using var copy = await _connection.BeginBinaryImportAsync($"COPY {PostgresTypes.Quote(table.Name)} ({columns}) FROM STDIN (FORMAT BINARY)", cancellation);
            await foreach (var row in rows.WithCancellation(cancellation))
            {
                await copy.StartRowAsync(cancellation);
                for (var i = 0; i < row.Length; i++)
                {
                    if (row[i] is { } value)
                    {
                        await copy.WriteAsync(PostgresTypes.ToStored(value, table.Columns[i]), types[i], cancellation);
                    }
                    else
                    {
                        await copy.WriteNullAsync(cancellation);
                    }
                }

                count++;
            }

            await copy.CompleteAsync(cancellation);
            return count;
        }
        catch (Exception refused) when (refused is PostgresException or OverflowException or InvalidCastException)
        {
            throw new InvalidDataException($"Rows of {table.Name} cannot be stored (at most {count} were): {refused.Message}", refused);
        }
    }

    public override async Task CommitAsync(IReadOnlyDictionary<string, long> counters, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(counters);
        try
        {
            foreach (var (table, name, definition) in _foreignKeys)
            {
                await ExecuteAsync($"ALTER TABLE {PostgresTypes.Quote(table)} ADD CONSTRAINT {PostgresTypes.Quote(name)} {definition}", cancellation);
            }
        }
        catch (PostgresException broken) when (broken.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw new InvalidDataException($"Rows refer to rows that are not there: {broken.MessageText}", broken);
        }

        foreach (var (table, column, sequence) in await PostgresTypes.SequencesAsync(_connection, cancellation))
        {
            var last = counters.GetValueOrDefault(table);
            var next = string.Create(CultureInfo.InvariantCulture, $"SELECT setval('{sequence}', GREATEST({last}, (SELECT COALESCE(MAX({PostgresTypes.Quote(column)}), 0) FROM {PostgresTypes.Quote(table)})) + 1, false)");
            await ExecuteAsync(next, cancellation);
        }

        await _transaction.CommitAsync(cancellation);
    }

    public override async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private async Task ClearAsync(IReadOnlySet<string> cleared, CancellationToken cancellation)
    {
        await using (var command = new NpgsqlCommand(ForeignKeysQuery, _connection))
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                _foreignKeys.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
            }
        }

        foreach (var (table, name, _) in _foreignKeys)
        {
            await ExecuteAsync($"ALTER TABLE {PostgresTypes.Quote(table)} DROP CONSTRAINT {PostgresTypes.Quote(name)}", cancellation);
        }

        foreach (var table in Tables.Keys.Where(cleared.Contains))
        {
            await ExecuteAsync($"TRUNCATE TABLE {PostgresTypes.Quote(table)}", cancellation);
        }
    }

    private async Task ExecuteAsync(string statement, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(statement, _connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
