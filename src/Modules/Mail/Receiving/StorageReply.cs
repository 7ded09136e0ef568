using Plenum.Kernel.Data;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Mail.Receiving;

/// <summary>What a client hears when the disk or the database cannot take its message now. It keeps the message and tries again.</summary>
internal static class StorageReply
{
    private static readonly SmtpReply Full = new(452, "4.3.1", "There is no room for mail now"); // RFC 5321 §4.2.3
    private static readonly SmtpReply Trouble = new(451, "4.3.0", "Trouble on our side, try again later");

    public static SmtpReply To(Exception failed) => StorageFaults.Of(failed) is StorageFault.DiskFull ? Full : Trouble;
}
