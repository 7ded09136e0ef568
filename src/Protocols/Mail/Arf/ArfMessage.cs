using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Mail.Arf;

/// <summary>A complaint as a mail: multipart/report with report-type=feedback-report (RFC 5965 §2).</summary>
public sealed record ArfMessage
{
    /// <summary>For people, lines ended by LF. When writing, it is the caller's.</summary>
    public required string Text { get; init; }

    public required FeedbackReport Report { get; init; }

    /// <summary>The standard wants the message or at least its header.</summary>
    public ReturnedContent Returned { get; init; } = ReturnedContent.Message;

    /// <summary>The message complained about. Its Message-ID, List-Id and own marks tell which copy it was when the addresses are blacked out.</summary>
    public ReadOnlyMemory<byte> Original { get; init; }
}
