using System.Data;
using System.Security.Cryptography;
using Npgsql;
using Plenum.Kernel.Data;

namespace Plenum.Mail.Queue;

/// <summary>
/// This process among the nodes that share the queue. On PostgreSQL it holds an advisory lock under its key for as long as it lives; whoever can
/// take that lock knows that the node is gone. On SQLite there is one process.
/// </summary>
internal sealed class QueueNode(Database database) : IAsyncDisposable
{
    private readonly SemaphoreSlim _one = new(1);
    private NpgsqlConnection? _connection;

    public long Key { get; } = RandomNumberGenerator.GetInt32(1, int.MaxValue);

    /// <summary>Makes sure the node is known to live. Cheap if it is.</summary>
    public async Task LiveAsync(CancellationToken cancellation)
    {
        await _one.WaitAsync(cancellation);
        try
        {
            await OpenAsync(cancellation);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Whether the node with this key is gone.</summary>
    public async Task<bool> IsGoneAsync(long key, CancellationToken cancellation)
    {
        if (key == Key)
        {
            return false;
        }

        if (database.Provider is DatabaseProvider.SQLite)
        {
            return true; // The data folder's lock lets one process in.
        }

        await _one.WaitAsync(cancellation);
        try
        {
            var connection = await OpenAsync(cancellation);
            var isGone = await AskAsync(connection!, "SELECT pg_try_advisory_lock($1)", key, cancellation);
            return isGone && await AskAsync(connection!, "SELECT pg_advisory_unlock($1)", key, cancellation);
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is { } held)
        {
            await held.DisposeAsync();
        }

        _one.Dispose();
    }

    private async Task<NpgsqlConnection?> OpenAsync(CancellationToken cancellation)
    {
        if (database.Provider is DatabaseProvider.SQLite || _connection is { State: ConnectionState.Open })
        {
            return _connection;
        }

        var opened = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(database.ConnectionString) { Pooling = false, KeepAlive = 30 }.ToString());
        try
        {
            await opened.OpenAsync(cancellation);
            await AskAsync(opened, "SELECT pg_try_advisory_lock($1)", Key, cancellation);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }

        return _connection = opened;
    }

    private static async Task<bool> AskAsync(NpgsqlConnection connection, string question, long key, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are this class's own.
        command.CommandText = question;
#pragma warning restore CA2100
        command.Parameters.Add(new() { Value = key });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
