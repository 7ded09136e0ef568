using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Mail.Dsn;

/// <summary>Writes delivery status notifications. Send them with the null reverse path, and never about a message that had it itself (RFC 3461 §6).</summary>
public static class DsnWriter
{
    /// <summary>The whole mail: CRLF lines, ready to be sent.</summary>
    /// <exception cref="ArgumentException">A required field is missing (see <see cref="DeliveryStatusWriter.Write"/>), or From or To is no mailbox.</exception>
    public static byte[] Write(ReportHeader header, DsnMessage dsn)
    {
        ArgumentNullException.ThrowIfNull(dsn);
        return ReportMailWriter.Write(header, new ReportMail
        {
            ReportType = DsnReader.ReportType,
            Text = dsn.Text,
            StatusType = DsnReader.StatusType,
            Status = DeliveryStatusWriter.Write(dsn.Status),
            Returned = dsn.Returned,
            Original = dsn.Original,
        });
    }
}
