namespace Plenum.Protocols.Mail.Imap.Mime;

/// <summary>One node of a message's MIME tree, and where it lies in the message (RFC 9051 §7.5.2).</summary>
public sealed record BodyPart
{
    /// <summary>As written; "TEXT" without a Content-Type.</summary>
    public required string Type { get; init; }

    public required string Subtype { get; init; }

    /// <summary>Names and values as written, continuations and charsets of RFC 2231 left alone.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }

    public string? Id { get; init; }

    public string? Description { get; init; }

    /// <summary>"7BIT" without a Content-Transfer-Encoding.</summary>
    public required string Encoding { get; init; }

    public string? Md5 { get; init; }

    public string? Disposition { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> DispositionParameters { get; init; } = [];

    public IReadOnlyList<string> Languages { get; init; } = [];

    public string? Location { get; init; }

    /// <summary>First octet of the part's MIME header.</summary>
    public required long HeaderAt { get; init; }

    /// <summary>First octet after the header and its empty line.</summary>
    public required long BodyAt { get; init; }

    /// <summary>First octet after the body; the line end before a boundary belongs to the boundary.</summary>
    public required long EndAt { get; init; }

    /// <summary>Lines of the body as it is transferred.</summary>
    public required long Lines { get; init; }

    /// <summary>Parts of a multipart; never empty there, always empty elsewhere.</summary>
    public IReadOnlyList<BodyPart> Parts { get; init; } = [];

    /// <summary>The message inside a message/rfc822 or message/global.</summary>
    public MessageStructure? Message { get; init; }

    public long Octets => EndAt - BodyAt;

    public bool IsMultipart => Parts.Count > 0;

    public bool IsText => Type.Equals("TEXT", StringComparison.OrdinalIgnoreCase);
}
