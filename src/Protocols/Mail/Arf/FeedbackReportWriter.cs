using System.Globalization;
using System.Text;
using MimeKit.Utils;
using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Mail.Arf;

/// <summary>Writes message/feedback-report (RFC 5965 §3): CRLF lines, folded.</summary>
public static class FeedbackReportWriter
{
    /// <summary>The content of the part.</summary>
    /// <exception cref="ArgumentException">Feedback-Type, User-Agent or Version is missing: the standard requires them.</exception>
    public static byte[] Write(FeedbackReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (string.IsNullOrWhiteSpace(report.FeedbackType) || string.IsNullOrWhiteSpace(report.UserAgent) || string.IsNullOrWhiteSpace(report.Version))
        {
            throw new ArgumentException("RFC 5965 §3.1 requires Feedback-Type, User-Agent and Version.", nameof(report));
        }

        var output = new StringBuilder();
        ReportFields.Write(output, "Feedback-Type", report.FeedbackType);
        ReportFields.Write(output, "User-Agent", report.UserAgent);
        ReportFields.Write(output, "Version", report.Version);
        ReportFields.WriteOptional(output, "Original-Envelope-Id", report.OriginalEnvelopeId);
        ReportFields.WriteOptional(output, "Original-Mail-From", report.OriginalMailFrom is { } path ? $"<{path}>" : null);
        WriteAll(output, "Original-Rcpt-To", report.OriginalRcptTo.Select(recipient => $"<{recipient}>"));
        ReportFields.WriteOptional(output, "Arrival-Date", report.ArrivalDate is { } date ? DateUtils.FormatDate(date) : null);
        ReportFields.WriteOptional(output, "Reporting-MTA", report.ReportingMta?.ToString());
        ReportFields.WriteOptional(output, "Source-IP", report.SourceIp?.ToString());
        ReportFields.WriteOptional(output, "Source-Port", report.SourcePort?.ToString(CultureInfo.InvariantCulture));
        ReportFields.WriteOptional(output, "Incidents", report.Incidents == 1 ? null : report.Incidents.ToString(CultureInfo.InvariantCulture));
        WriteAll(output, "Authentication-Results", report.AuthenticationResults);
        WriteAll(output, "Reported-Domain", report.ReportedDomains);
        WriteAll(output, "Reported-URI", report.ReportedUris);
        if (report.AuthFailure is { } failure)
        {
            WriteFailure(output, failure);
        }

        foreach (var field in report.Extensions)
        {
            ReportFields.WriteOptional(output, field.Name, field.Value);
        }

        return Encoding.UTF8.GetBytes(output.ToString());
    }

    private static void WriteFailure(StringBuilder output, AuthFailure failure)
    {
        ReportFields.Write(output, "Auth-Failure", failure.Kind);
        ReportFields.WriteOptional(output, "Delivery-Result", failure.DeliveryResult);
        ReportFields.WriteOptional(output, "DKIM-Domain", failure.DkimDomain);
        ReportFields.WriteOptional(output, "DKIM-Identity", failure.DkimIdentity);
        ReportFields.WriteOptional(output, "DKIM-Selector", failure.DkimSelector);
        ReportFields.WriteOptional(output, "DKIM-Selector-DNS", failure.DkimSelectorDns);
        WriteOctets(output, "DKIM-Canonicalized-Header", failure.DkimCanonicalizedHeader);
        WriteOctets(output, "DKIM-Canonicalized-Body", failure.DkimCanonicalizedBody);
        ReportFields.WriteOptional(output, "DKIM-ADSP-DNS", failure.DkimAdspDns);
        WriteAll(output, "SPF-DNS", failure.SpfDns);
        ReportFields.WriteOptional(output, "Identity-Alignment", failure.IdentityAlignment);
    }

    private static void WriteAll(StringBuilder output, string name, IEnumerable<string> values)
    {
        foreach (var value in values)
        {
            ReportFields.WriteOptional(output, name, value);
        }
    }

    private static void WriteOctets(StringBuilder output, string name, ReadOnlyMemory<byte> octets)
        => ReportFields.WriteOptional(output, name, octets.IsEmpty ? null : Convert.ToBase64String(octets.Span, Base64FormattingOptions.InsertLineBreaks));
}
