using System.Globalization;
using FluentMigrator.Runner;
using FluentMigrator.Runner.Conventions;
using FluentMigrator.Runner.Initialization;
using FluentMigrator.Runner.VersionTableInfo;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Plenum.Kernel.Modules;

namespace Plenum.Kernel.Data;

/// <summary>Brings the database to this program's schema: forward only, all modules, one order by number.</summary>
public sealed partial class Schema(
    Database database, ModuleCatalog modules, IEnumerable<IBeforeMigration> preparations, ILogger<Schema> log)
{
    private const long MigrationLock = 0x506C_656E_756D; // "Plenum": nodes that start together migrate one after the other.

    /// <summary>The newest migration this program knows, e.g. 202611240900; 0 without any.</summary>
    public long Known => KnownNumbers.DefaultIfEmpty(0).Max();

    /// <summary>Numbers of all migrations this program knows, ascending.</summary>
    public IReadOnlyList<long> KnownNumbers => WithRunner(runner => runner.MigrationLoader.LoadMigrations().Keys.Order().ToList());

    /// <summary>The newest migration the database has seen; 0 for an empty one.</summary>
    public long Applied => AppliedNumbers.DefaultIfEmpty(0).Max();

    private List<long> AppliedNumbers => WithRunner(_ => new List<long>(), loader => [.. loader.VersionInfo.AppliedMigrations()]);

    /// <exception cref="StartupException">The database is of a newer Plenum, or cannot be reached.</exception>
    public async Task MigrateAsync(CancellationToken cancellation)
    {
        await using var held = database.Provider == DatabaseProvider.PostgreSQL ? await LockAsync(cancellation) : null;
        database.PrepareFile();
        var (done, all) = (AppliedNumbers, KnownNumbers);
        var (applied, known) = (done.DefaultIfEmpty(0).Max(), all.DefaultIfEmpty(0).Max());
        if (applied > known)
        {
            throw new StartupException(
                $"The database was written by a newer Plenum (schema {applied}, this program knows {known}). Install that version or restore a backup.");
        }

        if (!all.Except(done).Any())
        {
            return;
        }

        if (applied > 0)
        {
            foreach (var preparation in preparations)
            {
                await preparation.PrepareAsync(applied, known, cancellation);
            }
        }

        WithRunner(runner =>
        {
            runner.MigrateUp();
            return 0;
        });
        LogMigrated(applied, known);
    }

    /// <summary>Gives an empty database the schema an earlier release had, for a backup of that release.</summary>
    public void MigrateEmptyTo(long version)
    {
        database.PrepareFile();
        WithRunner(runner =>
        {
            runner.MigrateUp(version);
            return 0;
        });
    }

    private T WithRunner<T>(Func<IMigrationRunner, T> use, Func<IVersionLoader, T>? read = null)
    {
        using var services = new ServiceCollection()
            .AddFluentMigratorCore()
            .ConfigureRunner(runner => (database.Provider == DatabaseProvider.SQLite ? runner.AddSQLite() : runner.AddPostgres())
                .WithGlobalConnectionString(database.ConnectionString)
                .ScanIn([.. modules.Assemblies]).For.Migrations())
            .Configure<RunnerOptions>(options => options.TransactionPerSession = false)
            .AddScoped<IVersionTableMetaData, VersionTable>()
            .BuildServiceProvider();
        using var scope = services.CreateScope();
        return read is null
            ? use(scope.ServiceProvider.GetRequiredService<IMigrationRunner>())
            : read(scope.ServiceProvider.GetRequiredService<IVersionLoader>());
    }

    private async Task<NpgsqlConnection> LockAsync(CancellationToken cancellation)
    {
        // Not from the pool: a pooled connection keeps the lock until it is used again. Another node may migrate for minutes.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false, CommandTimeout = 0 }.ToString());
        try
        {
            await connection.OpenAsync(cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = string.Create(CultureInfo.InvariantCulture, $"SELECT pg_advisory_lock({MigrationLock})");
            await command.ExecuteNonQueryAsync(cancellation);
            return connection; // Closing the connection gives the lock back.
        }
        catch (NpgsqlException refused)
        {
            await connection.DisposeAsync();
            throw new StartupException($"PostgreSQL cannot be reached (Database:ConnectionString): {refused.Message}");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Database schema brought from {From} to {To}")]
    private partial void LogMigrated(long from, long to);

    private sealed class VersionTable(IConventionSet conventions, IOptions<RunnerOptions> options) : DefaultVersionTableMetaData(conventions, options)
    {
        public override string TableName => "kernel_schema";

        public override string ColumnName => "version";

        public override string AppliedOnColumnName => "applied_on";

        public override string DescriptionColumnName => "description";

        public override string UniqueIndexName => "ux_kernel_schema_version";
    }
}
