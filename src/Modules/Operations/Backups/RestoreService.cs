using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Search;

namespace Plenum.Operations.Backups;

/// <summary>What a restore found when it opened what it had written.</summary>
public sealed record RestoreResult
{
    public required long Rows { get; init; }

    public required int Units { get; init; }

    public required int Accounts { get; init; }

    public required long Blobs { get; init; }

    /// <summary>Blobs a row refers to that are in neither the backup nor the store.</summary>
    public required IReadOnlyList<string> MissingBlobs { get; init; }

    public required AuditVerdict Audit { get; init; }

    public required long SearchEntries { get; init; }

    public bool IsWhole => MissingBlobs is [] && Audit.IsWhole;
}

/// <summary>Fills an empty database and an empty blob store from a backup, brings them to this program's schema and looks at the result.</summary>
public sealed class RestoreService(Database database, Schema schema, IBlobStore blobs, IServiceScopeFactory scopes)
{
    private const int ShownMissing = 100;

    /// <summary>Is there nothing in the database that a restore would mix with?</summary>
    /// <exception cref="StartupException">There is, or the database cannot be reached.</exception>
    public async Task DemandEmptyAsync(CancellationToken cancellation)
    {
        var tables = await CountTablesAsync(cancellation);
        if (tables > 0)
        {
            throw new StartupException($"The {database.Provider} database is not empty ({tables} tables). A restore needs an empty one.");
        }
    }

    /// <param name="archive">The verified archive.</param>
    /// <param name="progress">Receives the octets of the archive read so far, from 0 again for each step.</param>
    /// <exception cref="StartupException">The backup is of a schema this program does not know.</exception>
    /// <exception cref="InvalidDataException">Rows do not fit; the database stays empty of them.</exception>
    public async Task<RestoreResult> RunAsync(ArchiveReader archive, BackupManifest manifest, IProgress<double>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(manifest);
        DemandKnown(manifest);
        if (manifest.Blobs.AreIncluded)
        {
            await archive.RestoreBlobsAsync(blobs, manifest, progress, cancellation);
        }

        try
        {
            schema.MigrateEmptyTo(manifest.Schema);
            await using var loader = await RowLoader.BeginAsync(database, manifest.Tables.Select(t => t.Name).ToHashSet(StringComparer.Ordinal), cancellation);
            await archive.LoadTablesAsync(loader, manifest, progress, cancellation);
            await loader.CommitAsync(manifest.Counters, cancellation);
        }
        catch
        {
            await DropTablesAsync(); // As empty as it was found, so that another attempt finds it so.
            throw;
        }

        await schema.MigrateAsync(cancellation);
        return await LookAsync(manifest, cancellation);
    }

    private void DemandKnown(BackupManifest manifest)
    {
        var known = schema.KnownNumbers;
        if (manifest.Migrations.Except(known).ToList() is not [] and var strange)
        {
            throw new StartupException($"The backup was written by {manifest.Program}, whose schema this program does not know ({string.Join(", ", strange.Take(3))}). Restore with that version or a newer one.");
        }

        if (known.Where(k => k <= manifest.Schema).Except(manifest.Migrations).ToList() is not [] and var skipped)
        {
            throw new StartupException($"The backup lacks migrations this program has ({string.Join(", ", skipped.Take(3))}). Restore with the version that wrote it ({manifest.Program}).");
        }
    }

    private async Task<long> CountTablesAsync(CancellationToken cancellation)
    {
        try
        {
            await using DbConnection connection = database.Provider == DatabaseProvider.PostgreSQL ? new NpgsqlConnection(database.ConnectionString) : new SqliteConnection(database.ConnectionString);
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = database.Provider == DatabaseProvider.PostgreSQL
                ? "SELECT COUNT(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')"
                : "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite^_%' ESCAPE '^'";
            return (long)(await command.ExecuteScalarAsync(cancellation))!;
        }
        catch (DbException refused)
        {
            throw new StartupException($"The database cannot be opened: {refused.Message}");
        }
    }

    private async Task DropTablesAsync()
    {
        if (database.Provider == DatabaseProvider.PostgreSQL) // The file of SQLite goes with its folder.
        {
            await using var connection = new NpgsqlConnection(database.ConnectionString);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(
                "DO $$ DECLARE t text; BEGIN FOR t IN SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p') "
                + "LOOP EXECUTE format('DROP TABLE IF EXISTS %I CASCADE', t); END LOOP; END $$",
                connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    private async Task<RestoreResult> LookAsync(BackupManifest manifest, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenumDb>();
        var entries = 0L;
        await scope.ServiceProvider.GetRequiredService<SearchRebuild>().RunAsync(new Counting(n => entries = n), cancellation);
        return new()
        {
            Rows = manifest.Rows,
            Units = await db.Set<OrgUnit>().CountAsync(cancellation),
            Accounts = await db.Set<Account>().CountAsync(cancellation),
            Blobs = manifest.Blobs.Count,
            MissingBlobs = await MissingAsync(db, cancellation),
            Audit = await scope.ServiceProvider.GetRequiredService<AuditChain>().VerifyAsync(null, cancellation),
            SearchEntries = entries,
        };
    }

    private async Task<IReadOnlyList<string>> MissingAsync(PlenumDb db, CancellationToken cancellation)
    {
        var missing = new List<string>();
        await foreach (var hash in db.Database.SqlQuery<string>($"SELECT DISTINCT hash AS \"Value\" FROM kernel_blob_reference").AsAsyncEnumerable().WithCancellation(cancellation))
        {
            if (missing.Count < ShownMissing && await blobs.WrittenAtAsync(BlobHash.Parse(hash), cancellation) is null)
            {
                missing.Add(hash);
            }
        }

        return missing;
    }

    // Progress<T> posts to the thread pool and may report after the end; this counts at once.
    private sealed class Counting(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
