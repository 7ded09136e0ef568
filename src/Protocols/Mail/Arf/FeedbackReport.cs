using System.Net;
using Plenum.Protocols.Mail.Dsn;
using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Mail.Arf;

/// <summary>The content of message/feedback-report (RFC 5965 §3): somebody complains about a message.</summary>
public sealed record FeedbackReport
{
    /// <summary>Feedback-Type in lower case: "abuse", "fraud", "virus", "other", "not-spam" (RFC 6430), "auth-failure" (RFC 6591).</summary>
    public required string FeedbackType { get; init; }

    /// <summary>The program that made the report.</summary>
    public string UserAgent { get; init; } = "";

    /// <summary>Version of the format; 1, and 0.1 before the standard.</summary>
    public string Version { get; init; } = "1";

    public string? OriginalEnvelopeId { get; init; }

    /// <summary>Reverse path of the message, without angle brackets; empty is the null reverse path, null is unknown.</summary>
    public string? OriginalMailFrom { get; init; }

    /// <summary>Recipients of the message, without angle brackets. Many senders of reports black them out.</summary>
    public IReadOnlyList<string> OriginalRcptTo { get; init; } = [];

    /// <summary>When the message arrived there (Arrival-Date, or Received-Date as was said before the standard).</summary>
    public DateTimeOffset? ArrivalDate { get; init; }

    public TypedText? ReportingMta { get; init; }

    /// <summary>The client that had sent the message.</summary>
    public IPAddress? SourceIp { get; init; }

    /// <summary>Port of that client (RFC 6692); null if unknown.</summary>
    public int? SourcePort { get; init; }

    /// <summary>How many such messages this one report stands for.</summary>
    public long Incidents { get; init; } = 1;

    /// <summary>Values of Authentication-Results (RFC 8601).</summary>
    public IReadOnlyList<string> AuthenticationResults { get; init; } = [];

    /// <summary>Domains that are to blame, in the reporter's eyes.</summary>
    public IReadOnlyList<string> ReportedDomains { get; init; } = [];

    public IReadOnlyList<string> ReportedUris { get; init; } = [];

    /// <summary>Details of a report of type auth-failure; null for the others.</summary>
    public AuthFailure? AuthFailure { get; init; }

    /// <summary>Any other fields.</summary>
    public IReadOnlyList<ReportField> Extensions { get; init; } = [];
}
