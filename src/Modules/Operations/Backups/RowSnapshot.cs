using Plenum.Kernel.Data;

namespace Plenum.Operations.Backups;

/// <summary>Everything in the database as of one moment, while others go on writing.</summary>
internal abstract class RowSnapshot : IAsyncDisposable
{
    /// <summary>Schema numbers live here; written by the migrations, never by a restore.</summary>
    public const string SchemaTable = "kernel_schema";

    /// <summary>Takes the moment.</summary>
    public static async Task<RowSnapshot> TakeAsync(Database database, CancellationToken cancellation)
        => database.Provider == DatabaseProvider.PostgreSQL
            ? await PostgresSnapshot.BeginAsync(database.ConnectionString, cancellation)
            : await SqliteSnapshot.BeginAsync(database.ConnectionString, cancellation);

    /// <summary>Tables with data, by name, without the schema's own.</summary>
    /// <exception cref="NotSupportedException">A column's type has no place in a backup.</exception>
    public abstract Task<IReadOnlyList<TableShape>> TablesAsync(CancellationToken cancellation);

    /// <summary>The rows of a table, values of <see cref="RowFormat"/>'s types in the order of its columns. The array is reused.</summary>
    public abstract IAsyncEnumerable<object?[]> ReadAsync(TableShape table, CancellationToken cancellation);

    /// <summary>Numbers of the migrations that made the schema, ascending.</summary>
    public abstract Task<IReadOnlyList<long>> MigrationsAsync(CancellationToken cancellation);

    /// <summary>The last number each counting column gave out: numbers of rows since deleted must not come again.</summary>
    public abstract Task<IReadOnlyDictionary<string, long>> CountersAsync(CancellationToken cancellation);

    public abstract ValueTask DisposeAsync();
}
