using Microsoft.Data.Sqlite;
using Npgsql;

namespace Plenum.Kernel.Data;

/// <summary>Trouble of the database that passes by itself or by an operator's hand: whoever asked may try again later (503, SMTP 4xx).</summary>
public static class DatabaseFault
{
    // sqlite.org/rescode.html: SQLITE_BUSY, SQLITE_LOCKED, SQLITE_IOERR, SQLITE_FULL.
    private static readonly int[] PassingCodes = [5, 6, 10, 13];

    /// <returns>True if the cause of the exception is a locked, full or unreachable database.</returns>
    public static bool IsPassing(Exception? thrown)
    {
        for (var at = thrown; at is not null; at = at.InnerException)
        {
            if (at is SqliteException sqlite && Array.IndexOf(PassingCodes, sqlite.SqliteErrorCode) >= 0)
            {
                return true;
            }

            if (at is PostgresException { SqlState: PostgresErrorCodes.DiskFull or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.LockNotAvailable }
                || (at is NpgsqlException and not PostgresException && at.InnerException is System.Net.Sockets.SocketException or TimeoutException or IOException))
            {
                return true;
            }
        }

        return false;
    }
}
