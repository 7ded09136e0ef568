using Microsoft.Data.Sqlite;
using Npgsql;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Mail.Receiving;

/// <summary>What a client hears when the disk or the database cannot take its message now. It keeps the message and tries again.</summary>
internal static class StorageFault
{
    private const int NoSpaceOnDevice = 28; // ENOSPC
    private const int QuotaExceeded = 122; // EDQUOT
    private const int SqliteFull = 13;

    private static readonly SmtpReply Full = new(452, "4.3.1", "There is no room for mail now"); // RFC 5321 §4.2.3
    private static readonly SmtpReply Trouble = new(451, "4.3.0", "Trouble on our side, try again later");

    public static SmtpReply ReplyTo(Exception failed)
    {
        for (var cause = failed; cause is not null; cause = cause.InnerException)
        {
            if (cause is SqliteException { SqliteErrorCode: SqliteFull }
                or IOException { HResult: NoSpaceOnDevice or QuotaExceeded }
                or PostgresException { SqlState: PostgresErrorCodes.DiskFull })
            {
                return Full;
            }
        }

        return Trouble;
    }
}
