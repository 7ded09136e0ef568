namespace Plenum.Protocols.Mail.Reports;

/// <summary>The header of a report to be sent. Reports travel with the null reverse path (RFC 3464 §2): that is the envelope's matter.</summary>
public sealed record ReportHeader
{
    /// <summary>Mailbox the report comes from, "mailer-daemon@example.org".</summary>
    public required string From { get; init; }

    /// <summary>Display name beside <see cref="From"/>, plain Unicode.</summary>
    public string FromName { get; init; } = "";

    /// <summary>Mailbox the report goes to.</summary>
    public required string To { get; init; }

    /// <summary>Subject in plain Unicode, one line.</summary>
    public required string Subject { get; init; }

    public required DateTimeOffset Date { get; init; }

    /// <summary>Message-ID without angle brackets.</summary>
    public required string MessageId { get; init; }

    /// <summary>Message-ID of what the report is about, without angle brackets: mail programs then show both together.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>Language of the text for people (RFC 3282), e.g. "de"; null says nothing.</summary>
    public string? Language { get; init; }

    /// <summary>Auto-Submitted (RFC 3834 §5). Null leaves the field out.</summary>
    public string? AutoSubmitted { get; init; } = "auto-replied";
}
