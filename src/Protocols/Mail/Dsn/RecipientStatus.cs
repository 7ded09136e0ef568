using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Mail.Dsn;

/// <summary>The fields about one recipient (RFC 3464 §2.3).</summary>
public sealed record RecipientStatus
{
    /// <summary>The address as the sender gave it (ORCPT), if known.</summary>
    public TypedText? OriginalRecipient { get; init; }

    /// <summary>The address in the envelope when the report was made. Foreign reports may lack it; one to be written needs it.</summary>
    public TypedText? FinalRecipient { get; init; }

    /// <summary>Null only in foreign reports that lack it or use a word of their own.</summary>
    public DsnAction? Action { get; init; }

    /// <summary>Null only in foreign reports that lack it.</summary>
    public EnhancedStatusCode? Status { get; init; }

    /// <summary>The host that refused.</summary>
    public TypedText? RemoteMta { get; init; }

    /// <summary>What that host said.</summary>
    public TypedText? DiagnosticCode { get; init; }

    public DateTimeOffset? LastAttemptDate { get; init; }

    /// <summary>Final-Log-ID: how to find it in that host's log.</summary>
    public string? FinalLogId { get; init; }

    /// <summary>Only with <see cref="DsnAction.Delayed"/>.</summary>
    public DateTimeOffset? WillRetryUntil { get; init; }

    /// <summary>Any other fields.</summary>
    public IReadOnlyList<ReportField> Extensions { get; init; } = [];
}
