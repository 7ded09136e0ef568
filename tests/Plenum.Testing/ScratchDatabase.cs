using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Plenum.Kernel.Data;

namespace Plenum.Testing;

/// <summary>An own, short-lived database on either engine, with a data folder of its own.</summary>
public sealed class ScratchDatabase : IAsyncDisposable
{
    private static readonly ConcurrentDictionary<(DatabaseProvider, string), Lazy<Task<ScratchDatabase>>> Templates = new();

    private ScratchDatabase(DatabaseProvider provider, string connectionString)
    {
        Provider = provider;
        Folder = Directory.CreateTempSubdirectory("plenum-test-").FullName;
        ConnectionString = connectionString;
    }

    public DatabaseProvider Provider { get; }

    /// <summary>The data folder; on SQLite it holds the database.</summary>
    public string Folder { get; }

    /// <summary>Empty on SQLite.</summary>
    public string ConnectionString { get; }

    /// <summary>The section "Database" of plenum.json for this database.</summary>
    public IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["Database:Provider"] = Provider.ToString(),
        ["Database:ConnectionString"] = ConnectionString,
    };

    /// <summary>A database without a table.</summary>
    public static async Task<ScratchDatabase> EmptyAsync(DatabaseProvider provider)
        => provider == DatabaseProvider.SQLite ? new(provider, "") : new(provider, await CreateOnServerAsync(""));

    /// <summary>A copy of a database that is prepared once per process, which is much faster than migrating each.</summary>
    /// <param name="template">What tells one template from another.</param>
    /// <param name="prepare">Brings the empty template to its schema and closes all connections of its own.</param>
    public static async Task<ScratchDatabase> CopyAsync(DatabaseProvider provider, string template, Func<ScratchDatabase, Task> prepare)
    {
        var source = await Templates.GetOrAdd((provider, template), _ => new(() => PrepareAsync(provider, prepare))).Value;
        if (provider == DatabaseProvider.PostgreSQL)
        {
            var original = new NpgsqlConnectionStringBuilder(source.ConnectionString).Database;
            return new(provider, await CreateOnServerAsync($" TEMPLATE \"{original}\""));
        }

        var copy = new ScratchDatabase(provider, "");
        foreach (var file in Directory.GetFiles(source.Folder, "plenum.db*"))
        {
            File.Copy(file, Path.Combine(copy.Folder, Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>A connection beside the program's own, open; it sees what is committed.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        DbConnection connection = Provider is DatabaseProvider.SQLite
            ? new SqliteConnection($"Data Source={Path.Combine(Folder, "plenum.db")};Pooling=False")
            : new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(cancellation);
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        if (Provider == DatabaseProvider.PostgreSQL)
        {
            await using var pool = new NpgsqlConnection(ConnectionString);
            NpgsqlConnection.ClearPool(pool);
            await OnServerAsync($"DROP DATABASE IF EXISTS \"{new NpgsqlConnectionStringBuilder(ConnectionString).Database}\" WITH (FORCE)");
        }
        else
        {
            SqliteConnection.ClearAllPools();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static async Task<ScratchDatabase> PrepareAsync(DatabaseProvider provider, Func<ScratchDatabase, Task> prepare)
    {
        var prepared = await EmptyAsync(provider);
        await prepare(prepared);
        if (provider == DatabaseProvider.SQLite)
        {
            SqliteConnection.ClearAllPools(); // Closing the last connection moves the log into the file.
        }
        else
        {
            NpgsqlConnection.ClearAllPools(); // A template may have no other session.
        }

        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(prepared.Folder, recursive: true);
        return prepared;
    }

    private static async Task<string> CreateOnServerAsync(string source)
    {
        var name = "plenum_" + Guid.NewGuid().ToString("N");
        await OnServerAsync($"CREATE DATABASE \"{name}\"{source}");
        return new NpgsqlConnectionStringBuilder(await ScratchCluster.ConnectionStringAsync()) { Database = name, MaxPoolSize = 30 }.ToString();
    }

    private static async Task OnServerAsync(string statement)
    {
        await using var server = new NpgsqlConnection(await ScratchCluster.ConnectionStringAsync());
        await server.OpenAsync();
        await using var command = server.CreateCommand();
#pragma warning disable CA2100 // The statement names databases this class invented.
        command.CommandText = statement;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
