using System.Buffers;
using System.Globalization;
using System.Text;
using Plenum.Protocols.Mail.Dsn;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>A reply as a value: what a server says, or what a client heard (RFC 5321 §4.2, RFC 2034).</summary>
/// <param name="Code">Three digits, 200-599.</param>
/// <param name="Status">Enhanced status code; null where RFC 2034 §4 forbids one (greeting, EHLO, 3xx) or the server gave none.</param>
/// <param name="Lines">At least one line of text, without code.</param>
public sealed record SmtpReply(int Code, EnhancedStatusCode? Status, IReadOnlyList<string> Lines)
{
    /// <summary>RFC 5321 §4.5.3.1.5: a reply line has 512 octets at most, code and CRLF included.</summary>
    public const int MaxLineLength = 512;

    public SmtpReply(int code, string status, string text)
        : this(code, status.Length == 0 ? null : Parse(status), [text])
    {
    }

    /// <summary>After this reply the server hangs up.</summary>
    public bool ClosesConnection { get; init; }

    /// <summary>The request was carried out (2xx) or may go on (3xx).</summary>
    public bool IsPositive => Code is >= 200 and < 400;

    /// <summary>4xx: the same may work later.</summary>
    public bool IsTransient => Code is >= 400 and < 500;

    /// <summary>5xx: it never will.</summary>
    public bool IsPermanent => Code >= 500;

    /// <summary>All lines as one, for reports and logs.</summary>
    public string Text => string.Join(' ', Lines);

    /// <summary>Writes the reply. Octets that are no printable ASCII become "?": a text may quote a stranger.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var status = Status is { } enhanced ? enhanced + " " : "";
        for (var i = 0; i < Lines.Count; i++)
        {
            var head = string.Create(CultureInfo.InvariantCulture, $"{Code}{(i < Lines.Count - 1 ? '-' : ' ')}{status}");
            var text = Lines[i].AsSpan(0, Math.Min(Lines[i].Length, MaxLineLength - 2 - head.Length));
            var line = output.GetSpan(head.Length + text.Length + 2);
            var at = Encoding.ASCII.GetBytes(head, line);
            foreach (var c in text)
            {
                line[at++] = c is >= ' ' and <= '~' ? (byte)c : (byte)'?';
            }

            "\r\n"u8.CopyTo(line[at..]);
            output.Advance(at + 2);
        }
    }

    private static EnhancedStatusCode Parse(string text)
        => EnhancedStatusCode.TryParse(text, out var code) ? code : throw new ArgumentException($"\"{text}\" is no enhanced status code.", nameof(text));

    public bool Equals(SmtpReply? other)
        => other is not null && Code == other.Code && Status == other.Status && ClosesConnection == other.ClosesConnection && Lines.SequenceEqual(other.Lines);

    public override int GetHashCode() => HashCode.Combine(Code, Status, Text);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Code} {(Status is { } status ? status + " " : "")}{Text}");
}
