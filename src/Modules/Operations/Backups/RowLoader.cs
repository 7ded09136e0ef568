using Plenum.Kernel.Data;

namespace Plenum.Operations.Backups;

/// <summary>Fills a migrated database with the rows of a backup, in one transaction: all of it or nothing.</summary>
internal abstract class RowLoader : IAsyncDisposable
{
    /// <param name="cleared">Tables the backup has: what migrations wrote into them goes.</param>
    public static async Task<RowLoader> BeginAsync(Database database, IReadOnlySet<string> cleared, CancellationToken cancellation)
        => database.Provider == DatabaseProvider.PostgreSQL
            ? await PostgresLoader.BeginAsync(database.ConnectionString, cleared, cancellation)
            : await SqliteLoader.BeginAsync(database.ConnectionString, cleared, cancellation);

    /// <summary>The target's tables by name.</summary>
    public abstract IReadOnlyDictionary<string, TableShape> Tables { get; }

    /// <summary>Writes the rows of one table.</summary>
    /// <param name="table">The target's table with the columns the rows have, in their order.</param>
    /// <returns>How many rows were written.</returns>
    /// <exception cref="InvalidDataException">A value cannot be stored.</exception>
    public abstract Task<long> LoadAsync(TableShape table, IAsyncEnumerable<object?[]> rows, CancellationToken cancellation);

    /// <summary>Checks that every reference leads somewhere, lets counters go on where they stood, and commits.</summary>
    /// <exception cref="InvalidDataException">A row refers to one that is not there.</exception>
    public abstract Task CommitAsync(IReadOnlyDictionary<string, long> counters, CancellationToken cancellation);

    /// <summary>Without a commit nothing was written.</summary>
    public abstract ValueTask DisposeAsync();
}
