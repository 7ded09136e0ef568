using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Plenum.Protocols.Mail.Dsn;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>Takes replies from what a server sent (RFC 5321 §4.2.1), as forgiving as real servers need.</summary>
public sealed class SmtpReplyReader
{
    private const int MaxLine = 4_096; // RFC 5321 §4.5.3.1.5 says 512; quoted URLs are longer.
    private const int MaxLines = 200; // EHLO of the most talkative has 30.
    private readonly List<string> _lines = [];
    private int _code;

    /// <summary>Takes the next line.</summary>
    /// <param name="buffer">Unread octets; advanced past every line that was read.</param>
    /// <param name="problem">Why it is no reply, one English sentence; the connection is of no use then. Null if it is one, or more octets are needed.</param>
    /// <returns>True if a reply is complete.</returns>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, [NotNullWhen(true)] out SmtpReply? reply, out string? problem)
    {
        reply = null;
        while (TryLine(ref buffer, out var line, out problem))
        {
            problem = !TryHead(line, out var code, out var isLast) ? $"\"{(line.Length > 80 ? line[..80] : line)}\" is no reply."
                : _lines.Count > 0 && code != _code ? "The lines of a reply have different codes."
                : _lines.Count == MaxLines ? "A reply has too many lines."
                : null;
            if (problem is not null)
            {
                return false;
            }

            _code = code;
            _lines.Add(line.Length > 4 ? line[4..].Trim() : "");
            if (isLast)
            {
                reply = Assemble();
                return true;
            }
        }

        return false;
    }

    private static bool TryLine(ref ReadOnlySequence<byte> buffer, out string line, out string? problem)
    {
        line = "";
        var end = buffer.PositionOf((byte)'\n');
        var octets = end is { } at ? buffer.Slice(0, at) : buffer;
        problem = octets.Length > MaxLine ? "A reply line is too long." : null;
        if (end is not { } lineFeed || problem is not null)
        {
            return false;
        }

        line = Encoding.UTF8.GetString(octets).TrimEnd('\r');
        buffer = buffer.Slice(buffer.GetPosition(1, lineFeed));
        return true;
    }

    private static bool TryHead(string line, out int code, out bool isLast)
    {
        isLast = line.Length == 3 || (line.Length > 3 && line[3] == ' ');
        code = 0;
        return (isLast || (line.Length > 3 && line[3] == '-'))
            && int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out code) && code is >= 200 and < 600;
    }

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
