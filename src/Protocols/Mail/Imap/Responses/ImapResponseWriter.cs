using System.Buffers;
using System.Globalization;
using System.Text;
using Plenum.Protocols.Mail.Imap.Commands;
using Plenum.Protocols.Mail.Imap.Mime;
using Plenum.Protocols.Mail.Imap.Sets;

namespace Plenum.Protocols.Mail.Imap.Responses;

/// <summary>Writes responses (RFC 9051 §7, §9): every text is quoted or sent as a literal as it needs, words are parted by one space.</summary>
/// <param name="output">Where the octets go; flushing is the caller's.</param>
public sealed class ImapResponseWriter(IBufferWriter<byte> output)
{
    // A quoted string any client's line buffer holds; longer ones go as literals.
    private const int MaxQuotedOctets = 1_000;

    private bool _needsSpace;

    /// <summary>The client has enabled UTF8=ACCEPT or IMAP4rev2: quoted strings may hold UTF-8, names of mailboxes are UTF-8.</summary>
    public bool UsesUtf8 { get; set; }

    /// <summary>"tag OK [CODE] text", or "* OK …" where <paramref name="tag"/> is null.</summary>
    /// <param name="code">Response code without brackets, or null.</param>
    /// <param name="text">One line; line ends in it become spaces.</param>
    public void Status(string? tag, string status, string? code, string text)
    {
        Atom(tag ?? "*").Atom(status);
        if (code is not null)
        {
            Atom($"[{code}]");
        }

        Atom(OneLine(text)).EndLine();
    }

    /// <summary>"+ text".</summary>
    public void Continue(string text) => Atom("+").Atom(OneLine(text)).EndLine();

    /// <summary>Starts an untagged response: "* NAME", or "* 3 NAME".</summary>
    public ImapResponseWriter Untagged(string name, uint? number = null)
    {
        Atom("*");
        return number is { } n ? Number(n).Atom(name) : Atom(name);
    }

    /// <summary>Ends the line.</summary>
    public void EndLine()
    {
        output.Write("\r\n"u8);
        _needsSpace = false;
    }

    /// <summary>Writes text as it is: an atom, or what the caller has put together.</summary>
    public ImapResponseWriter Atom(string text)
    {
        Part();
        Encoding.UTF8.GetBytes(text, output);
        return this;
    }

    public ImapResponseWriter Number(long number) => Atom(number.ToString(CultureInfo.InvariantCulture));

    public ImapResponseWriter Set(SequenceSet set) => Atom((set ?? SequenceSet.Empty).ToString());

    /// <summary>"(".</summary>
    /// <param name="isAdjacent">Without a space before it, as between addresses and between the parts of a multipart.</param>
    public ImapResponseWriter Open(bool isAdjacent = false)
    {
        _needsSpace &= !isAdjacent;
        Part();
        output.Write("("u8);
        _needsSpace = false;
        return this;
    }

    public ImapResponseWriter Close()
    {
        output.Write(")"u8);
        _needsSpace = true;
        return this;
    }

    /// <summary>A string, or NIL.</summary>
    public ImapResponseWriter NString(string? text) => text is null ? Atom("NIL") : Text(text);

    /// <summary>A quoted string where it can be one, else a literal. NUL, which neither may hold, is left out.</summary>
    public ImapResponseWriter Text(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var octets = Encoding.UTF8.GetBytes(text.Replace("\0", "", StringComparison.Ordinal));
        if (octets.Length > MaxQuotedOctets || octets.AsSpan().ContainsAny((byte)'\r', (byte)'\n') || (!UsesUtf8 && !Ascii.IsValid(octets)))
        {
            Literal(octets);
            return this;
        }

        Part();
        output.Write("\""u8);
        foreach (var octet in octets)
        {
            if (octet is (byte)'"' or (byte)'\\')
            {
                output.Write("\\"u8);
            }

            output.Write([octet]);
        }

        output.Write("\""u8);
        return this;
    }

    /// <summary>The name of a mailbox, in the form the client reads.</summary>
    public ImapResponseWriter Mailbox(string name)
        => Text(name.Equals("INBOX", StringComparison.OrdinalIgnoreCase) ? "INBOX" : UsesUtf8 ? name : ModifiedUtf7.Encode(name));

    public ImapResponseWriter Literal(ReadOnlySpan<byte> octets)
    {
        BeginLiteral(octets.Length);
        output.Write(octets);
        return this;
    }

    /// <summary>Announces a literal; the caller then writes exactly so many octets to the same output.</summary>
    /// <param name="isBinary">literal8: the octets may hold NUL (RFC 3516).</param>
    public void BeginLiteral(long octets, bool isBinary = false)
        => Atom(string.Create(CultureInfo.InvariantCulture, $"{(isBinary ? "~" : "")}{{{octets}}}\r\n"));

    /// <summary>"(\Seen keyword)".</summary>
    public ImapResponseWriter Flags(IEnumerable<string> flags)
    {
        ArgumentNullException.ThrowIfNull(flags);
        Open();
        foreach (var flag in flags)
        {
            Atom(flag);
        }

        return Close();
    }

    /// <summary>date-time: " 1-Jan-2026 12:00:00 +0100" (RFC 9051 §9: the day has two characters).</summary>
    public ImapResponseWriter DateTime(DateTimeOffset moment)
    {
        var zone = moment.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
        return Atom(string.Create(CultureInfo.InvariantCulture, $"\"{moment.Day,2}-{moment:MMM-yyyy HH:mm:ss} {zone}\""));
    }

    public ImapResponseWriter Envelope(ImapEnvelope envelope)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        Open().NString(envelope.Date).NString(envelope.Subject);
        foreach (var list in (ReadOnlySpan<IReadOnlyList<ImapAddress>>)[envelope.From, envelope.Sender, envelope.ReplyTo, envelope.To, envelope.Cc, envelope.Bcc])
        {
            Addresses(list);
        }

        return NString(envelope.InReplyTo).NString(envelope.MessageId).Close();
    }

    /// <summary>BODYSTRUCTURE, or BODY where <paramref name="isExtensible"/> is false.</summary>
    public ImapResponseWriter Structure(BodyPart part, bool isExtensible) => new StructureWriter(this, isExtensible).Write(part, isAdjacent: false);

    /// <summary>The name of a section in a FETCH response: BODY[1.HEADER.FIELDS (SUBJECT)]&lt;0&gt;.</summary>
    public ImapResponseWriter SectionName(FetchItem.Section section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return section.AnsweredAs != "BODY"
            ? Atom(section.AnsweredAs)
            : Atom($"BODY[{SpecOf(section.Of)}]{Start(section.Partial)}");
    }

    /// <summary>BINARY[1.2]&lt;0&gt;.</summary>
    public ImapResponseWriter SectionName(FetchItem.Binary section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Atom($"BINARY[{string.Join('.', section.Part)}]{Start(section.Partial)}");
    }

    private static string Start(Partial? partial) => partial is { } p ? string.Create(CultureInfo.InvariantCulture, $"<{p.Start}>") : "";

    private static string SpecOf(BodySection section)
    {
        var what = section.What switch
        {
            SectionText.All => "",
            SectionText.HeaderFields => "HEADER.FIELDS",
            SectionText.HeaderFieldsNot => "HEADER.FIELDS.NOT",
            _ => section.What.ToString().ToUpperInvariant(),
        };
        var fields = section.Fields.Count == 0 ? "" : $" ({string.Join(' ', section.Fields.Select(FieldName))})";
        return string.Join('.', section.Part.Select(p => p.ToString(CultureInfo.InvariantCulture)).Append(what).Where(p => p.Length > 0)) + fields;
    }

    // The client's own spelling is given back; what is no atom goes in quotes.
    private static string FieldName(string name)
        => name.Length > 0 && name.All(c => c is > ' ' and < '\x7f' and not ('(' or ')' or '{' or '%' or '*' or '"' or '\\' or ']'))
            ? name
            : "\"" + new string([.. name.Where(c => c is >= ' ' and < '\x7f' and not ('"' or '\\'))]) + "\"";

    private static string OneLine(string text) => text.ReplaceLineEndings(" ");

    private void Addresses(IReadOnlyList<ImapAddress> addresses)
    {
        if (addresses.Count == 0)
        {
            Atom("NIL");
            return;
        }

        Open();
        foreach (var address in addresses)
        {
            Open(isAdjacent: true).NString(address.Name).NString(address.Route).NString(address.Mailbox).NString(address.Host).Close();
        }

        Close();
    }

    private void Part()
    {
        if (_needsSpace)
        {
            output.Write(" "u8);
        }

        _needsSpace = true;
    }
}
