using System.Buffers;
using System.Text;
using MimeKit;

namespace Plenum.Protocols.Mail.Imap.Mime;

/// <summary>Builds the tree while MimeKit's parser walks the message and tells where things lie.</summary>
internal sealed class StructureReader(Stream stream)
{
    // RFC 2046 sets no depth; real mails stay below 20. MimeKit reads what lies deeper as one part.
    private const int MaxDepth = 100;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Stream _stream = stream;
    private readonly Dictionary<MimeEntity, Place> _places = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<MimeMessage, Place> _messages = new(ReferenceEqualityComparer.Instance);

    public MessageStructure Read()
    {
        var options = ParserOptions.Default.Clone();
        options.MaxMimeDepth = MaxDepth;
        var parser = new MimeParser(options, _stream, MimeFormat.Entity, persistent: true);
        parser.MimeEntityEnd += (_, e) => _places[e.Entity] = new(e.BeginOffset, e.HeadersEndOffset, e.EndOffset);
        parser.MimeMessageEnd += (_, e) => _messages[e.Message] = new(e.BeginOffset, e.HeadersEndOffset, e.EndOffset);
        try
        {
            var message = parser.ParseMessage();
            return Build(message, new(0, _places[message.Body!].BodyAt, _stream.Length));
        }
        catch (FormatException)
        {
            return Plain(_stream.Length);
        }
    }

    private static MessageStructure Plain(long length)
        => new(new(null, null, [], [], [], [], [], [], null, null), Text(new(0, 0, length), lines: 0), 0, 0, length);

    private static BodyPart Text(Place place, long lines) => new()
    {
        Type = "TEXT",
        Subtype = "PLAIN",
        Parameters = [new("CHARSET", "US-ASCII")],
        Encoding = "7BIT",
        HeaderAt = place.HeaderAt,
        BodyAt = place.BodyAt,
        EndAt = place.EndAt,
        Lines = lines,
    };

    private MessageStructure Build(MimeMessage message, Place place)
    {
        var body = Build(message.Body!);
        if (body.IsText)
        {
            body = body with { Lines = CountLines(place with { EndAt = Math.Max(body.EndAt, place.EndAt) }) };
        }

        return new(Envelope(message.Headers), body with { HeaderAt = place.HeaderAt, EndAt = Math.Max(body.EndAt, place.EndAt) }, place.HeaderAt, place.BodyAt, place.EndAt);
    }

    private BodyPart Build(MimeEntity entity)
    {
        var place = _places.TryGetValue(entity, out var known) ? known : default;
        var fields = entity.Headers;
        var type = ContentField.Parse(Value(fields, "Content-Type"));
        var (main, sub) = type.SplitType();
        var disposition = ContentField.Parse(Value(fields, "Content-Disposition"));
        var part = Text(place, 0) with
        {
            Id = Value(fields, "Content-ID"),
            Description = Value(fields, "Content-Description"),
            Encoding = ContentField.Parse(Value(fields, "Content-Transfer-Encoding")).Value ?? "7BIT",
            Md5 = Value(fields, "Content-MD5"),
            Disposition = disposition.Value,
            DispositionParameters = disposition.Parameters,
            Languages = Words(Value(fields, "Content-Language")),
            Location = Value(fields, "Content-Location")?.Replace(" ", "", StringComparison.Ordinal),
        };
        if (main is not null)
        {
            part = part with { Type = main, Subtype = sub!, Parameters = type.Parameters };
        }

        switch (entity)
        {
            case Multipart multipart:
                var parts = multipart.Select(Build).ToList();
                return part with
                {
                    Type = main ?? "MULTIPART",
                    Subtype = sub ?? "MIXED",
                    // A multipart without a part has one: an empty text (RFC 9051 §9 wants at least one body).
                    Parts = parts.Count > 0 ? parts : [Text(new(place.EndAt, place.EndAt, place.EndAt), lines: 0)],
                };
            case MessagePart { Message: { Body: not null } inner } when main is null || IsMessage(main, sub!):
                var lies = _messages.TryGetValue(inner, out var found) ? found : place with { HeaderAt = place.BodyAt, BodyAt = _places[inner.Body].BodyAt };
                return part with
                {
                    Type = main ?? "MESSAGE",
                    Subtype = sub ?? "RFC822",
                    Parameters = main is null ? [] : type.Parameters,
                    Message = Build(inner, lies with { BodyAt = _places[inner.Body].BodyAt }),
                    Lines = CountLines(place),
                };
            default:
                // Whatever calls itself multipart or a message, and is none, is octets.
                return main is not null && (main.Equals("multipart", StringComparison.OrdinalIgnoreCase) || IsMessage(main, sub!))
                    ? part with { Type = "APPLICATION", Subtype = "OCTET-STREAM" }
                    : part with { Lines = part.IsText ? CountLines(place) : 0 };
        }
    }

    /// <summary>Line ends in the body, as clients and servers count.</summary>
    private long CountLines(Place place)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        _stream.Position = place.BodyAt;
        var (left, lines) = (place.EndAt - place.BodyAt, 0L);
        while (left > 0 && _stream.Read(buffer, 0, (int)Math.Min(left, buffer.Length)) is var read and > 0)
        {
            lines += buffer.AsSpan(0, read).Count((byte)'\n');
            left -= read;
        }

        ArrayPool<byte>.Shared.Return(buffer);
        return lines;
    }

    private static bool IsMessage(string type, string subtype)
        => type.Equals("message", StringComparison.OrdinalIgnoreCase)
            && (subtype.Equals("rfc822", StringComparison.OrdinalIgnoreCase) || subtype.Equals("global", StringComparison.OrdinalIgnoreCase));

    private static ImapEnvelope Envelope(HeaderList fields)
    {
        var from = Addresses(fields, "From");
        var sender = Addresses(fields, "Sender");
        var replyTo = Addresses(fields, "Reply-To");
        return new(Value(fields, "Date"), Value(fields, "Subject"), from, sender.Count > 0 ? sender : from, replyTo.Count > 0 ? replyTo : from,
            Addresses(fields, "To"), Addresses(fields, "Cc"), Addresses(fields, "Bcc"), Value(fields, "In-Reply-To"), Value(fields, "Message-ID"));
    }

    private static List<ImapAddress> Addresses(HeaderList fields, string name)
        => [.. fields.Where(f => f.Field.Equals(name, StringComparison.OrdinalIgnoreCase)).SelectMany(f => AddressParser.Parse(Unfold(f.RawValue)))];

    private static string? Value(HeaderList fields, string name)
    {
        foreach (var field in fields)
        {
            if (field.Field.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return Unfold(field.RawValue);
            }
        }

        return null;
    }

    // Line ends go, what they folded stays (RFC 5322 §2.2.3). Octets that are no UTF-8 are taken as Latin-1, so none is lost.
    private static string Unfold(byte[] raw)
    {
        string text;
        try
        {
            text = Utf8.GetString(raw);
        }
        catch (DecoderFallbackException)
        {
            text = Encoding.Latin1.GetString(raw);
        }

        return text.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal).Trim(' ', '\t');
    }

    private static List<string> Words(string? value)
    {
        var found = new List<string>();
        var words = new HeaderWords(value);
        while (!words.IsAtEnd)
        {
            if (words.Word(",") is { } word)
            {
                found.Add(word);
            }
            else
            {
                words.Skip();
            }
        }

        return found;
    }

    private readonly record struct Place(long HeaderAt, long BodyAt, long EndAt);
}
