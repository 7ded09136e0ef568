using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Options;

namespace Plenum.Kernel.Data;

/// <summary>Where the database is and how to open it.</summary>
public sealed class Database(IOptions<DatabaseOptions> options, DataFolder folder)
{
    public DatabaseProvider Provider => options.Value.Provider;

    public string ConnectionString => Provider == DatabaseProvider.PostgreSQL
        ? options.Value.ConnectionString
        : new SqliteConnectionStringBuilder { DataSource = folder.SqliteFile, ForeignKeys = true, Pooling = true, DefaultTimeout = BusySeconds }.ToString();

    // The provider asks a busy database again until this has passed, however long SQLite itself waits; it counts whole seconds.
    private int BusySeconds => (options.Value.BusyTimeoutMilliseconds + 999) / 1000;

    internal void Configure(DbContextOptionsBuilder builder, IEnumerable<IInterceptor> interceptors)
    {
        ConfigureModel(builder, Provider, ConnectionString);
        if (Provider == DatabaseProvider.SQLite)
        {
            builder.AddInterceptors(new SqliteConnections(options.Value.BusyTimeoutMilliseconds));
        }

        builder.AddInterceptors(new NulInterceptor()).AddInterceptors(interceptors);
    }

    /// <summary>What the model depends on: contexts configured so share one.</summary>
    internal static void ConfigureModel(DbContextOptionsBuilder builder, DatabaseProvider provider, string connection)
    {
        if (provider == DatabaseProvider.PostgreSQL)
        {
            builder.UseNpgsql(connection);
        }
        else
        {
            builder.UseSqlite(connection);
        }

        builder.UseSnakeCaseNamingConvention().ReplaceService<IModelCacheKeyFactory, ModelPerShape>();
    }

    /// <summary>SQLite: write-ahead log, a property of the file, so set once.</summary>
    internal void PrepareFile()
    {
        if (Provider != DatabaseProvider.SQLite)
        {
            return;
        }

        try
        {
            using var connection = new SqliteConnection(ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode=WAL;";
            command.ExecuteNonQuery();
        }
        catch (SqliteException refused)
        {
            throw new StartupException($"The database {folder.SqliteFile} cannot be opened: {refused.Message}");
        }
    }
}
