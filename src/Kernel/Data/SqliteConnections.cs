using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Plenum.Kernel.Data;

/// <summary>
/// Sets what SQLite forgets with each connection, and keeps the connection of a context open until the context is disposed: each opening
/// registers the functions and collations of the provider anew, which costs more than a small query.
/// </summary>
/// <remarks>
/// synchronous=FULL: in WAL mode only FULL flushes the log at each commit (sqlite.org/pragma.html#pragma_synchronous), and what Plenum
/// acknowledged must survive a power cut. An open connection without a statement or transaction locks nothing.
/// </remarks>
internal sealed class SqliteConnections(int busyTimeoutMilliseconds) : DbConnectionInterceptor
{
    private readonly string _pragmas = string.Create(
        CultureInfo.InvariantCulture,
        $"PRAGMA busy_timeout={busyTimeoutMilliseconds}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;");
    private readonly ConditionalWeakTable<object, object> _prepared = []; // The pool gives the same handles again, with their pragmas.

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (!_prepared.TryAdd(((SqliteConnection)connection).Handle!, this))
        {
            return;
        }

        using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData); // SQLite has no asynchronous input and output.
        return Task.CompletedTask;
    }

    public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
        => InterceptionResult.Suppress();

    public override ValueTask<InterceptionResult> ConnectionClosingAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
        => new(InterceptionResult.Suppress());
}
