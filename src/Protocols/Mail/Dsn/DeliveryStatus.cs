using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Mail.Dsn;

/// <summary>The content of message/delivery-status (RFC 3464 §2.2): fields about the message, then each recipient's.</summary>
public sealed record DeliveryStatus
{
    /// <summary>Original-Envelope-Id: the sender's ENVID, decoded.</summary>
    public string? OriginalEnvelopeId { get; init; }

    /// <summary>The host that made the report. Foreign reports may lack it; one to be written needs it.</summary>
    public TypedText? ReportingMta { get; init; }

    public TypedText? DsnGateway { get; init; }

    /// <summary>The host the message came from.</summary>
    public TypedText? ReceivedFromMta { get; init; }

    public DateTimeOffset? ArrivalDate { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<RecipientStatus> Recipients { get; init; }

    /// <summary>Any other fields about the message.</summary>
    public IReadOnlyList<ReportField> Extensions { get; init; } = [];
}
