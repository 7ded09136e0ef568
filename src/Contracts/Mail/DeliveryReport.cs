namespace Plenum.Contracts.Mail;

/// <summary>The module that sent mail hears here what finally became of a copy. Called in a scope of its own; save what you change, at least once, maybe twice.</summary>
public interface IDeliveryReportReceiver
{
    /// <summary>The <see cref="OutgoingMail.Source"/> whose reports this is for.</summary>
    string Source { get; }

    Task ReportAsync(DeliveryReport report, CancellationToken cancellation);
}

/// <summary>A copy did not arrive: refused in the dialogue, expired in the queue, or returned by a bounce.</summary>
public sealed record DeliveryReport
{
    public required MailMessageId Message { get; init; }

    /// <summary><see cref="OutgoingMail.Reference"/>.</summary>
    public string? Reference { get; init; }

    /// <summary><see cref="MailCopy.Reference"/>.</summary>
    public string? CopyReference { get; init; }

    public required string Recipient { get; init; }

    public required DeliveryOutcome Outcome { get; init; }

    /// <summary>Enhanced status code (RFC 3463), e.g. "5.1.1"; empty if none was given.</summary>
    public string Status { get; init; } = "";

    /// <summary>What the other side said, at most 500 characters.</summary>
    public string Diagnostic { get; init; } = "";

    public required DateTime At { get; init; }
}

/// <summary>What became of a copy, sorted by what a list should do about it.</summary>
public enum DeliveryOutcome
{
    /// <summary>The address is dead (5.1.x, 5.2.1 …): counts against a subscription.</summary>
    AddressFailed,

    /// <summary>Temporary trouble that lasted (mailbox full, host down) until the queue gave up: counts little.</summary>
    Expired,

    /// <summary>Refused for policy or reputation (5.7.x, spam, DMARC): says nothing about the address; never count it.</summary>
    PolicyRefused,

    /// <summary>The recipient complained through a feedback loop (RFC 5965): stop sending.</summary>
    Complaint,

    /// <summary>Dropped by an operator or because the address is on the suppression list.</summary>
    Dropped,
}
