using MimeKit;
using Plenum.Contracts.Mail;

namespace Plenum.Discussions.Copies;

/// <summary>The addresses that a delivery status notification says could not be reached (RFC 3464 §2.3).</summary>
internal static class ReturnedAddresses
{
    private const int MaxRecipients = 50;

    public static IReadOnlyList<(string Address, DeliveryOutcome Outcome)> Read(byte[] raw)
    {
        using var stream = new MemoryStream(raw, writable: false);
        try
        {
            return new MimeParser(stream, MimeFormat.Entity).ParseMessage().Body is MultipartReport report
                ? [.. report.OfType<MessageDeliveryStatus>().SelectMany(s => s.StatusGroups).Take(MaxRecipients).Select(Read).OfType<(string, DeliveryOutcome)>()]
                : [];
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static (string Address, DeliveryOutcome Outcome)? Read(HeaderList group)
    {
        var recipient = group["Original-Recipient"] ?? group["Final-Recipient"];
        if (recipient is null || !string.Equals(group["Action"]?.Trim(), "failed", StringComparison.OrdinalIgnoreCase))
        {
            return null; // Delays come to nothing yet.
        }

        var address = recipient[(recipient.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim().Trim('<', '>');
        return (address, OutcomeOf(group["Status"]?.Trim() ?? ""));
    }

    // RFC 3463 §3: 5.1.x address, 5.2.1 mailbox disabled, 5.7.x policy; 4.x.x gave up after a while.
    private static DeliveryOutcome OutcomeOf(string status)
        => status.StartsWith("5.1.", StringComparison.Ordinal) || status is "5.2.0" or "5.2.1" or "5.0.0" or "5.4.4" ? DeliveryOutcome.AddressFailed
            : status.StartsWith("5.7.", StringComparison.Ordinal) || status.StartsWith("5.6.", StringComparison.Ordinal) ? DeliveryOutcome.PolicyRefused
            : DeliveryOutcome.Expired;
}
