using System.Diagnostics.CodeAnalysis;
using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Mail.Arf;

/// <summary>Reads complaints (RFC 5965).</summary>
public static class ArfReader
{
    internal const string ReportType = "feedback-report";
    internal const string StatusType = "message/feedback-report";

    /// <summary>Reads a mail.</summary>
    /// <returns>False if it is no multipart/report of this type.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> message, [NotNullWhen(true)] out ArfMessage? complaint)
    {
        complaint = null;
        if (!ReportMailReader.TryRead(message, out var mail) || mail.ReportType != ReportType || mail.StatusType != StatusType
            || !FeedbackReportReader.TryRead(mail.Status.Span, out var report))
        {
            return false;
        }

        complaint = new ArfMessage { Text = mail.Text, Report = report, Returned = mail.Returned, Original = mail.Original };
        return true;
    }
}
