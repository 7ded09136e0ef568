using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Mail.Dsn;

/// <summary>A delivery status notification: what multipart/report with report-type=delivery-status says (RFC 3464 §2, RFC 6522).</summary>
public sealed record DsnMessage
{
    /// <summary>For people, in the language of whoever reads it; lines ended by LF. When writing, it is the caller's.</summary>
    public required string Text { get; init; }

    public required DeliveryStatus Status { get; init; }

    /// <summary>What of the message goes back; RFC 3461 §4.3: RET counts for failures, anything else returns headers only.</summary>
    public ReturnedContent Returned { get; init; }

    /// <summary>The whole message, also when only its headers go back; reading yields what came back.</summary>
    public ReadOnlyMemory<byte> Original { get; init; }
}
