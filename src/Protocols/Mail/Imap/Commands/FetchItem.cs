namespace Plenum.Protocols.Mail.Imap.Commands;

/// <summary>One thing FETCH asks of a message (RFC 9051 §6.4.5). Macros are expanded.</summary>
public abstract record FetchItem
{
    private FetchItem()
    {
    }

    public sealed record Flags : FetchItem;

    public sealed record Uid : FetchItem;

    public sealed record InternalDate : FetchItem;

    public sealed record Size : FetchItem;

    public sealed record Envelope : FetchItem;

    /// <param name="IsExtensible">BODYSTRUCTURE; without it BODY, which leaves out the extension data.</param>
    public sealed record Structure(bool IsExtensible) : FetchItem;

    /// <summary>RFC 7162.</summary>
    public sealed record ModSeq : FetchItem;

    /// <summary>BODY[…], BODY.PEEK[…] and the old RFC822 forms.</summary>
    /// <param name="IsPeek">Does not set \Seen.</param>
    /// <param name="AnsweredAs">The name in the answer, without the brackets: BODY, RFC822, RFC822.HEADER or RFC822.TEXT.</param>
    public sealed record Section(BodySection Of, Partial? Partial, bool IsPeek, string AnsweredAs = "BODY") : FetchItem;

    /// <summary>BINARY[…]: the part's octets, transfer encoding undone (RFC 3516).</summary>
    public sealed record Binary(IReadOnlyList<int> Part, Partial? Partial, bool IsPeek) : FetchItem;

    public sealed record BinarySize(IReadOnlyList<int> Part) : FetchItem;
}

/// <summary>A stretch of a section: <c>&lt;start.count&gt;</c>.</summary>
/// <param name="Start">First octet, from 0.</param>
/// <param name="Count">At most so many octets; above 0.</param>
public readonly record struct Partial(uint Start, uint Count);

/// <summary>Which part of a message, and what of it (RFC 9051 §6.4.5.1).</summary>
/// <param name="Part">Numbers from the outermost part inwards, each above 0; empty for the message itself.</param>
/// <param name="Fields">Names of header fields as sent; empty unless <paramref name="What"/> asks for some.</param>
public sealed record BodySection(IReadOnlyList<int> Part, SectionText What, IReadOnlyList<string> Fields)
{
    public static BodySection Whole { get; } = new([], SectionText.All, []);

    public bool Equals(BodySection? other)
        => other is not null && What == other.What && Part.SequenceEqual(other.Part) && Fields.SequenceEqual(other.Fields, StringComparer.OrdinalIgnoreCase);

    public override int GetHashCode() => HashCode.Combine(What, Part.Count, Fields.Count);
}

/// <summary>What of a part is wanted (RFC 9051 §6.4.5.1).</summary>
public enum SectionText
{
    /// <summary>The whole part.</summary>
    All,
    Header,
    HeaderFields,
    HeaderFieldsNot,
    Text,

    /// <summary>The MIME header of the part itself; only with a part number.</summary>
    Mime,
}
