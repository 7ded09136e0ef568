using System.Text;
using MimeKit.Utils;
using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Mail.Dsn;

/// <summary>Writes message/delivery-status (RFC 3464 §2.1): CRLF lines, folded; UTF-8 only if an address needs it (RFC 6533).</summary>
public static class DeliveryStatusWriter
{
    /// <summary>The content of the part.</summary>
    /// <exception cref="ArgumentException">Reporting-MTA, a recipient, or one's Final-Recipient, Action or Status is missing: the standard requires them.</exception>
    public static byte[] Write(DeliveryStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        if (status.ReportingMta is null || status.Recipients.Count == 0)
        {
            throw new ArgumentException("RFC 3464 §2.2 requires Reporting-MTA and a recipient.", nameof(status));
        }

        var output = new StringBuilder();
        ReportFields.WriteOptional(output, "Original-Envelope-Id", status.OriginalEnvelopeId);
        ReportFields.Write(output, "Reporting-MTA", status.ReportingMta.ToString());
        ReportFields.WriteOptional(output, "DSN-Gateway", status.DsnGateway?.ToString());
        ReportFields.WriteOptional(output, "Received-From-MTA", status.ReceivedFromMta?.ToString());
        WriteDate(output, "Arrival-Date", status.ArrivalDate);
        WriteExtensions(output, status.Extensions);
        foreach (var recipient in status.Recipients)
        {
            output.Append("\r\n");
            WriteRecipient(output, recipient);
        }

        return Encoding.UTF8.GetBytes(output.ToString());
    }

    private static void WriteRecipient(StringBuilder output, RecipientStatus recipient)
    {
        if (recipient.FinalRecipient is null || recipient.Action is not { } action || recipient.Status is not { } code)
        {
            throw new ArgumentException("RFC 3464 §2.3 requires Final-Recipient, Action and Status.", nameof(recipient));
        }

        ReportFields.WriteOptional(output, "Original-Recipient", recipient.OriginalRecipient?.ToString());
        ReportFields.Write(output, "Final-Recipient", recipient.FinalRecipient.ToString());
        ReportFields.Write(output, "Action", action.ToString().ToLowerInvariant());
        ReportFields.Write(output, "Status", code.ToString());
        ReportFields.WriteOptional(output, "Remote-MTA", recipient.RemoteMta?.ToString());
        ReportFields.WriteOptional(output, "Diagnostic-Code", recipient.DiagnosticCode?.ToString());
        WriteDate(output, "Last-Attempt-Date", recipient.LastAttemptDate);
        ReportFields.WriteOptional(output, "Final-Log-ID", recipient.FinalLogId);
        WriteDate(output, "Will-Retry-Until", recipient.WillRetryUntil);
        WriteExtensions(output, recipient.Extensions);
    }

    private static void WriteDate(StringBuilder output, string name, DateTimeOffset? date)
        => ReportFields.WriteOptional(output, name, date is { } known ? DateUtils.FormatDate(known) : null);

    private static void WriteExtensions(StringBuilder output, IReadOnlyList<ReportField> fields)
    {
        foreach (var field in fields)
        {
            ReportFields.WriteOptional(output, field.Name, field.Value);
        }
    }
}
