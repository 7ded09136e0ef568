using System.Buffers;
using System.Globalization;
using System.Text;
using Plenum.Protocols.Mail.Dsn;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>The server broke the protocol or the connection; what was under way may or may not have happened.</summary>
public sealed class SmtpProtocolException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Takes replies from what a server sent (RFC 5321 §4.2.1), as forgiving as real servers need.</summary>
public sealed class SmtpReplyReader
{
    private const int MaxLine = 4_096; // RFC 5321 §4.5.3.1.5 says 512; quoted URLs are longer.
    private const int MaxLines = 200; // EHLO of the most talkative has 30.
    private readonly List<string> _lines = [];
    private int _code;

    /// <summary>Takes the next line.</summary>
    /// <param name="buffer">Unread octets; advanced past every line that was read.</param>
    /// <returns>True if a reply is complete.</returns>
    /// <exception cref="SmtpProtocolException">It is no reply.</exception>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out SmtpReply? reply)
    {
        reply = null;
        while (TryLine(ref buffer, out var line))
        {
            var (code, isLast) = Head(line);
            if (_lines.Count > 0 && code != _code)
            {
                throw new SmtpProtocolException("The lines of a reply have different codes.");
            }

            _code = code;
            _lines.Add(line.Length > 4 ? line[4..].Trim() : "");
            if (_lines.Count > MaxLines)
            {
                throw new SmtpProtocolException("A reply has too many lines.");
            }

            if (isLast)
            {
                reply = Assemble();
                return true;
            }
        }

        return false;
    }

    private static bool TryLine(ref ReadOnlySequence<byte> buffer, out string line)
    {
        line = "";
        if (buffer.PositionOf((byte)'\n') is not { } end)
        {
            return buffer.Length <= MaxLine ? false : throw new SmtpProtocolException("A reply line is too long.");
        }

        var octets = buffer.Slice(0, end);
        if (octets.Length > MaxLine)
        {
            throw new SmtpProtocolException("A reply line is too long.");
        }

        line = Encoding.UTF8.GetString(octets).TrimEnd('\r');
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        return true;
    }

    private static (int Code, bool IsLast) Head(string line)
        => line.Length >= 3 && int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var code) && code is >= 200 and < 600
            && (line.Length == 3 || line[3] is ' ' or '-')
            ? (code, line.Length == 3 || line[3] == ' ')
            : throw new SmtpProtocolException($"\"{(line.Length > 80 ? line[..80] : line)}\" is no reply.");

    private SmtpReply Assemble()
    {
        // RFC 2034 §4: the enhanced code stands on every line, the same.
        EnhancedStatusCode? status = null;
        var lines = new List<string>(_lines.Count);
        foreach (var line in _lines)
        {
            var blank = line.IndexOf(' ', StringComparison.Ordinal);
            var isStatus = EnhancedStatusCode.TryParse(blank < 0 ? line : line.AsSpan(0, blank), out var found) && found.Class == _code / 100;
            status ??= isStatus ? found : null;
            lines.Add(!isStatus ? line : blank < 0 ? "" : line[(blank + 1)..]);
        }

        _lines.Clear();
        return new(_code, status, lines);
    }
}
