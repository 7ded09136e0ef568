using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Mail.Arf;

/// <summary>Writes complaints.</summary>
public static class ArfWriter
{
    /// <summary>The whole mail: CRLF lines, ready to be sent.</summary>
    /// <exception cref="ArgumentException">A required field is missing (see <see cref="FeedbackReportWriter.Write"/>), or From or To is no mailbox.</exception>
    public static byte[] Write(ReportHeader header, ArfMessage complaint)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        return ReportMailWriter.Write(header, new ReportMail
        {
            ReportType = ArfReader.ReportType,
            Text = complaint.Text,
            StatusType = ArfReader.StatusType,
            Status = FeedbackReportWriter.Write(complaint.Report),
            Returned = complaint.Returned,
            Original = complaint.Original,
        });
    }
}
