namespace Plenum.Protocols.Mail.Reports;

/// <summary>The content of multipart/report (RFC 6522): a text for people, a part for programs, and maybe the message it is about.</summary>
public sealed record ReportMail
{
    /// <summary>The report-type parameter in lower case: "delivery-status", "feedback-report", "disposition-notification" …</summary>
    public required string ReportType { get; init; }

    /// <summary>For people, lines ended by LF.</summary>
    public string Text { get; init; } = "";

    /// <summary>Media type of <see cref="Status"/> in lower case, "message/delivery-status".</summary>
    public required string StatusType { get; init; }

    /// <summary>The part for programs, decoded.</summary>
    public ReadOnlyMemory<byte> Status { get; init; }

    public ReturnedContent Returned { get; init; }

    /// <summary>
    /// The message itself, or its header. When writing, a whole message may be given for <see cref="ReturnedContent.Headers"/> too: only its header is used.
    /// When reading, line ends are CRLF.
    /// </summary>
    public ReadOnlyMemory<byte> Original { get; init; }
}
