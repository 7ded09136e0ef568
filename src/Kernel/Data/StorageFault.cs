using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Plenum.Kernel.Data;

/// <summary>Why something could not be stored or read, when it is neither the person's nor the program's fault.</summary>
public enum StorageFault
{
    /// <summary>Others are writing; the same again in a moment will do.</summary>
    Busy,
    DiskFull,
    ReadOnly,
    Unreachable,
}

public static class StorageFaults
{
    private const int DiskFullLinux = 28; // ENOSPC
    private const int DiskFullWindows = 112; // ERROR_DISK_FULL
    private const int QuotaLinux = 122; // EDQUOT
    private const int ReadOnlyLinux = 30; // EROFS

    /// <summary>The fault behind an exception; null if it is of another kind. Doors answer 503 or 4xx "later" to it, never 500.</summary>
    public static StorageFault? Of(Exception? thrown)
    {
        for (var at = thrown; at is not null; at = at.InnerException)
        {
            if (Kind(at) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private static StorageFault? Kind(Exception thrown) => thrown switch
    {
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED } => StorageFault.Busy,
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_FULL } => StorageFault.DiskFull,
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_READONLY } => StorageFault.ReadOnly,
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_IOERR } => StorageFault.Unreachable,
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => StorageFault.DiskFull,
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => StorageFault.ReadOnly,
        PostgresException { SqlState: PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected } => StorageFault.Busy,
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.CrashShutdown } => StorageFault.Unreachable,
        PostgresException => null,
        NpgsqlException { InnerException: SocketException or IOException or TimeoutException } => StorageFault.Unreachable,
        IOException io when (io.HResult & 0xFFFF) is DiskFullLinux or DiskFullWindows or QuotaLinux => StorageFault.DiskFull,
        IOException io when (io.HResult & 0xFFFF) is ReadOnlyLinux => StorageFault.ReadOnly,
        _ => null,
    };
}
