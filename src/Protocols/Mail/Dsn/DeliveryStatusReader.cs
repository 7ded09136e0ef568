using System.Diagnostics.CodeAnalysis;
using MimeKit.Utils;
using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Mail.Dsn;

/// <summary>
/// Reads message/delivery-status (RFC 3464 §2.1). Real hosts forget the empty line between groups, put fields into the wrong group, or add
/// comments; what can be understood is.
/// </summary>
public static class DeliveryStatusReader
{
    /// <summary>Recipients beyond this are not read; servers take at least 100 per message (RFC 5321 §4.5.3.1.8), lists some thousands.</summary>
    public const int MaxRecipients = 5000;

    private static readonly string[] StartingAnew = ["Original-Recipient", "Final-Recipient", "Action"];

    /// <summary>Reads the decoded content of the part.</summary>
    /// <returns>False if no recipient stands in it.</returns>
    public static bool TryRead(ReadOnlySpan<byte> part, [NotNullWhen(true)] out DeliveryStatus? status)
    {
        var message = new List<ReportField>();
        var recipients = new List<List<ReportField>>();
        foreach (var group in ReportFields.ReadGroups(part))
        {
            List<ReportField>? recipient = null;
            foreach (var field in group)
            {
                if (IsAboutMessage(field.Name))
                {
                    message.Add(field);
                }
                else if (IsAboutRecipient(field.Name))
                {
                    if (recipient is null || (StartingAnew.Any(field.Is) && recipient.Any(f => f.Is(field.Name))))
                    {
                        recipients.Add(recipient = []);
                    }

                    recipient.Add(field);
                }
                else
                {
                    (recipient ?? message).Add(field);
                }
            }
        }

        var read = recipients.Take(MaxRecipients).Select(ReadRecipient)
            .Where(r => r.FinalRecipient is not null || r.OriginalRecipient is not null || r.Action is not null || r.Status is not null).ToList();
        status = read.Count == 0 ? null : ReadMessage(message) with { Recipients = read };
        return status is not null;
    }

    private static DeliveryStatus ReadMessage(List<ReportField> fields) => new()
    {
        OriginalEnvelopeId = Text(fields, "Original-Envelope-Id"),
        ReportingMta = Typed(fields, "Reporting-MTA"),
        DsnGateway = Typed(fields, "DSN-Gateway"),
        ReceivedFromMta = Typed(fields, "Received-From-MTA"),
        ArrivalDate = Date(fields, "Arrival-Date"),
        Recipients = [],
        Extensions = [.. fields.Where(field => !IsAboutMessage(field.Name))],
    };

    private static RecipientStatus ReadRecipient(List<ReportField> fields) => new()
    {
        OriginalRecipient = Typed(fields, "Original-Recipient"),
        FinalRecipient = Typed(fields, "Final-Recipient"),
        Action = Text(fields, "Action") is { } action ? ActionOf(ReportFields.WithoutComment(action)) : null,
        Status = Text(fields, "Status") is { } text && EnhancedStatusCode.TryFind(text, out var code) ? code : null,
        RemoteMta = Typed(fields, "Remote-MTA"),
        DiagnosticCode = Typed(fields, "Diagnostic-Code"),
        LastAttemptDate = Date(fields, "Last-Attempt-Date"),
        FinalLogId = Text(fields, "Final-Log-ID"),
        WillRetryUntil = Date(fields, "Will-Retry-Until"),
        Extensions = [.. fields.Where(field => !IsAboutRecipient(field.Name))],
    };

    private static string? Text(List<ReportField> fields, string name)
        => fields.FirstOrDefault(field => field.Is(name) && field.Value.Length > 0) is { Value: { } value } ? value : null;

    private static TypedText? Typed(List<ReportField> fields, string name)
        => Text(fields, name) is { } value && TypedText.TryParse(value, out var typed) ? typed : null;

    private static DateTimeOffset? Date(List<ReportField> fields, string name)
        => Text(fields, name) is { } value && DateUtils.TryParse(value, out var date) ? date : null;

    private static DsnAction? ActionOf(string word) => word.ToLowerInvariant() switch
    {
        "failed" or "failure" => DsnAction.Failed,
        "delayed" => DsnAction.Delayed,
        "delivered" or "deliverable" => DsnAction.Delivered,
        "relayed" => DsnAction.Relayed,
        "expanded" => DsnAction.Expanded,
        _ => null,
    };

    private static bool IsAboutMessage(string name) => name.ToLowerInvariant()
        is "original-envelope-id" or "reporting-mta" or "dsn-gateway" or "received-from-mta" or "arrival-date";

    private static bool IsAboutRecipient(string name) => name.ToLowerInvariant()
        is "original-recipient" or "final-recipient" or "action" or "status" or "remote-mta" or "diagnostic-code" or "last-attempt-date"
            or "final-log-id" or "will-retry-until";
}
