using System.Text;
using System.Text.RegularExpressions;
using MimeKit;

namespace Plenum.Protocols.Mail.Sieve;

/// <summary>A message as a script sees it: fields decoded, addresses taken apart, bodies decoded on demand.</summary>
public sealed partial class SieveMessage
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly MimeMessage _mime;
    private readonly Stream _raw;

    private SieveMessage(MimeMessage mime, Stream raw, string envelopeFrom, string envelopeTo)
    {
        _mime = mime;
        _raw = raw;
        EnvelopeFrom = envelopeFrom;
        EnvelopeTo = envelopeTo;
    }

    /// <summary>The reverse path; empty for the null sender.</summary>
    public string EnvelopeFrom { get; }

    /// <summary>The recipient this delivery is for.</summary>
    public string EnvelopeTo { get; }

    public long Octets => _raw.Length;

    /// <summary>Reads a message of any quality.</summary>
    /// <param name="raw">A seekable stream; kept while this object is used.</param>
    public static SieveMessage Read(Stream raw, string envelopeFrom, string envelopeTo)
    {
        ArgumentNullException.ThrowIfNull(raw);
        raw.Position = 0;
        MimeMessage mime;
        try
        {
            mime = MimeMessage.Load(raw, persistent: true);
        }
        catch (FormatException)
        {
            mime = new();
        }

        return new(mime, raw, envelopeFrom, envelopeTo);
    }

    /// <summary>Values of all fields of this name, from the top, encoded words decoded (RFC 5228 §2.4.2.2).</summary>
    internal IEnumerable<string> Fields(string name) => _mime.Headers.Where(h => h.Field.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(h => (h.Value ?? "").Trim());

    /// <summary>Addresses of one field's value; groups are taken apart.</summary>
    internal static IEnumerable<string> Addresses(string value)
        => InternetAddressList.TryParse(value, out var list) ? list.Mailboxes.Select(m => m.Address) : [];

    internal string RawBody(int maxLength)
    {
        _raw.Position = 0;
        using var reader = new StreamReader(_raw, Encoding.Latin1, detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        while (reader.ReadLine() is { Length: > 0 })
        {
        }

        var buffer = new char[Math.Min(maxLength, Math.Max(1, (int)Math.Min(_raw.Length, int.MaxValue)))];
        return Decode(Encoding.Latin1.GetBytes(buffer, 0, reader.ReadBlock(buffer)));
    }

    /// <summary>Decoded bodies of the parts of these types (RFC 5173 §5.2); the empty type stands for all.</summary>
    internal IEnumerable<string> Contents(IReadOnlyList<string> types, int maxLength)
        => Parts().Where(p => types.Any(t => IsOf(p.ContentType, t))).Select(p => Cut(Text(p), maxLength));

    /// <summary>The text a person reads: plain parts, and HTML without its tags (RFC 5173 §5.3).</summary>
    internal IEnumerable<string> Texts(int maxLength)
        => Parts().OfType<TextPart>().Select(p => Cut(p.IsHtml ? Tags().Replace(Cut(Text(p), maxLength), " ") : Text(p), maxLength));

    private List<MimeEntity> Parts()
    {
        if (_mime.Body is null)
        {
            return [];
        }

        var found = new List<MimeEntity>();
        var left = new Stack<MimeEntity>([_mime.Body]);
        while (left.TryPop(out var entity))
        {
            if (entity is Multipart multipart)
            {
                foreach (var child in multipart.Reverse())
                {
                    left.Push(child);
                }
            }
            else
            {
                found.Add(entity);
            }
        }

        return found;
    }

    private static bool IsOf(ContentType type, string wanted)
    {
        var parts = wanted.Split('/');
        return wanted.Length == 0
            || (parts.Length <= 2 && type.MediaType.Equals(parts[0], StringComparison.OrdinalIgnoreCase)
                && (parts.Length == 1 || type.MediaSubtype.Equals(parts[1], StringComparison.OrdinalIgnoreCase)));
    }

    private static string Text(MimeEntity entity)
    {
        switch (entity)
        {
            case TextPart text:
                return text.Text ?? "";
            case MessagePart { Message: { } inner }:
                return string.Join("\r\n", inner.Headers.Select(h => $"{h.Field}: {h.Value}"));
            case MimePart { Content: { } content }:
                using (var decoded = new MemoryStream())
                {
                    content.DecodeTo(decoded);
                    return Decode(decoded.ToArray());
                }

            default:
                return "";
        }
    }

    private static string Decode(byte[] octets)
    {
        try
        {
            return Utf8.GetString(octets);
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(octets);
        }
    }

    private static string Cut(string text, int maxLength) => text.Length > maxLength ? text[..maxLength] : text;

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();
}
