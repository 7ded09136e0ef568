using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Plenum.Protocols.Mail.Imap.Commands;

namespace Plenum.Protocols.Mail.Imap;

/// <summary>
/// Reads the commands of one client, however the octets arrive: synchronising, non-synchronising (RFC 7888) and binary literals (RFC 3516).
/// Messages of APPEND go past it, so its memory is bounded by <see cref="ImapLimits.MaxCommandOctets"/>.
/// </summary>
public sealed class ImapCommandReader(ImapLimits limits)
{
    private readonly ArrayBufferWriter<byte> _command = new();
    private readonly List<MessageLiteral> _messages = [];
    private long _literalLeft;
    private int _segment;
    private ImapRefusal? _refusal;
    private bool _isMessagePending;

    /// <summary>Mailbox names may be UTF-8: the client has enabled UTF8=ACCEPT or IMAP4rev2.</summary>
    public bool AcceptsUtf8 { get; set; }

    /// <summary>Reads on.</summary>
    /// <param name="buffer">Unread octets; advanced past what was taken.</param>
    public ImapRead Read(ref ReadOnlySequence<byte> buffer)
    {
        if (_isMessagePending)
        {
            throw new InvalidOperationException("The message's octets were not taken.");
        }

        while (true)
        {
            if (_literalLeft > 0 && !TryTakeLiteral(ref buffer))
            {
                return ImapRead.NeedsMore.Instance;
            }

            if (!TryTakeLine(ref buffer, out var tooLong))
            {
                return tooLong ? Close("A line is too long.") : ImapRead.NeedsMore.Instance;
            }

            var line = _command.WrittenSpan[_segment..];
            if (!TryReadLiteral(line, out var literal))
            {
                return Finish();
            }

            _segment = _command.WrittenCount;
            if (Announce(literal) is { } found)
            {
                return found;
            }
        }
    }

    /// <summary>The octets of the message announced last went where they belong; the command goes on.</summary>
    public void MessageTaken() => _isMessagePending = false;

    /// <summary>Takes one line that is no command: an answer to AUTHENTICATE, or DONE.</summary>
    /// <param name="line">Without CRLF; octets beyond ASCII become "?".</param>
    /// <param name="isTooLong">More than <see cref="ImapLimits.MaxLineOctets"/> without an end: close the connection.</param>
    public bool TryReadLine(ref ReadOnlySequence<byte> buffer, [NotNullWhen(true)] out string? line, out bool isTooLong)
    {
        line = null;
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryReadTo(out ReadOnlySequence<byte> octets, (byte)'\n'))
        {
            isTooLong = buffer.Length > limits.MaxLineOctets;
            return false;
        }

        isTooLong = octets.Length > limits.MaxLineOctets;
        if (isTooLong)
        {
            return false;
        }

        buffer = buffer.Slice(reader.Position);
        line = Encoding.ASCII.GetString(octets).TrimEnd('\r');
        return true;
    }

    private bool TryTakeLiteral(ref ReadOnlySequence<byte> buffer)
    {
        var take = Math.Min(_literalLeft, buffer.Length);
        if (_refusal is null)
        {
            foreach (var part in buffer.Slice(0, take))
            {
                _command.Write(part.Span);
            }
        }

        buffer = buffer.Slice(take);
        _literalLeft -= take;
        _segment = _command.WrittenCount;
        return _literalLeft == 0;
    }

    private bool TryTakeLine(ref ReadOnlySequence<byte> buffer, out bool isTooLong)
    {
        var end = buffer.PositionOf((byte)'\n');
        var length = end is null ? buffer.Length : buffer.Slice(0, end.Value).Length + 1;
        isTooLong = length > limits.MaxLineOctets;
        if (end is null || isTooLong)
        {
            return false;
        }

        if (_refusal is not null)
        {
            _command.ResetWrittenCount(); // Nothing of a refused command is kept.
            _segment = 0;
        }

        foreach (var part in buffer.Slice(0, length))
        {
            _command.Write(part.Span);
        }

        buffer = buffer.Slice(length);
        return true;
    }

    /// <summary>What a line that ends in a literal asks of the caller; null to read on at once.</summary>
    private ImapRead? Announce(Literal literal)
    {
        if (_refusal is null && TryAnnounceMessage(literal, out var message))
        {
            return message;
        }

        if (_refusal is null && (literal.Octets > limits.MaxLiteralOctets || _command.WrittenCount + literal.Octets > limits.MaxCommandOctets))
        {
            _refusal = new(FindTag(), "BAD", "TOOBIG", "A literal is too large.");
        }

        if (_refusal is null || !literal.IsSynchronizing)
        {
            // A client that does not wait has sent the octets already; they are swallowed, whatever becomes of the command (RFC 7888 §4).
            _literalLeft = literal.Octets;
            return literal.IsSynchronizing ? ImapRead.NeedsContinuation.Instance : null;
        }

        return Refuse();
    }

    private bool TryAnnounceMessage(Literal literal, [NotNullWhen(true)] out ImapRead? message)
    {
        message = null;
        if (!IsMessage(_command.WrittenSpan[..literal.At]))
        {
            return false;
        }

        if (_messages.Count == limits.MaxMessagesPerAppend || literal.Octets > limits.MaxMessageOctets)
        {
            _refusal = new(FindTag(), "NO", _messages.Count == limits.MaxMessagesPerAppend ? "LIMIT" : "TOOBIG", "The message is too large, or there are too many of them.");
            return false;
        }

        _messages.Add(new(literal.At, literal.Octets));
        _isMessagePending = true;
        message = new ImapRead.Message(literal.Octets, literal.IsSynchronizing, literal.IsBinary);
        return true;
    }

    /// <summary>The literal is a message: this is APPEND, and its first argument, the mailbox, is complete.</summary>
    private bool IsMessage(ReadOnlySpan<byte> before)
    {
        var scanner = new ImapScanner(before, [.. _messages.Select(m => m.At)], limits);
        scanner.Tag();
        scanner.Space();
        if (!scanner.TakeWord("APPEND"u8))
        {
            return false;
        }

        scanner.Space();
        scanner.Octets();
        return !scanner.HasFailed && scanner.Sees(' ');
    }

    private ImapRead Finish()
    {
        if (_refusal is not null)
        {
            return Refuse();
        }

        var command = _command.WrittenSpan;
        if (command is not [.., (byte)'\r', (byte)'\n'])
        {
            _refusal = new(FindTag(), "BAD", null, "Lines end with CR and LF.");
            return Refuse();
        }

        ImapRead read = CommandParser.TryParse(command[..^2], _messages, AcceptsUtf8, limits, out var parsed, out var refusal)
            ? new ImapRead.Command(parsed)
            : new ImapRead.Refused(refusal);
        Reset();
        return read;
    }

    private ImapRead.Refused Refuse()
    {
        var refused = new ImapRead.Refused(_refusal!);
        Reset();
        return refused;
    }

    private ImapRead.Refused Close(string problem)
    {
        _refusal = new(FindTag(), "BAD", null, problem, ClosesConnection: true);
        return Refuse();
    }

    private void Reset()
    {
        // A buffer that grew for one long command is given back; the usual one is kept.
        if (_command.Capacity > limits.MaxLineOctets)
        {
            _command.Clear();
        }

        _command.ResetWrittenCount();
        _messages.Clear();
        (_segment, _literalLeft, _refusal, _isMessagePending) = (0, 0, null, false);
    }

    private string? FindTag()
    {
        var scanner = new ImapScanner(_command.WrittenSpan, [], limits);
        var tag = scanner.Tag();
        return scanner.HasFailed ? null : tag;
    }

    /// <summary>literal = ["~"] "{" number64 ["+"] "}" CRLF at the end of a line and outside quotes.</summary>
    private bool TryReadLiteral(ReadOnlySpan<byte> line, out Literal literal)
    {
        literal = default;
        if (line is not [.., (byte)'}', (byte)'\r', (byte)'\n'] || IsInQuotes(line) || line.LastIndexOf((byte)'{') is not (var open and >= 0))
        {
            return false;
        }

        var number = line[(open + 1)..^3];
        var isSynchronizing = number is not [.., (byte)'+'];
        number = isSynchronizing ? number : number[..^1];
        if (number.Length is 0 or > 19 || number.ContainsAnyExceptInRange((byte)'0', (byte)'9')
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var octets))
        {
            return false;
        }

        literal = new(_segment + open, octets, isSynchronizing, open > 0 && line[open - 1] == '~');
        return true;
    }

    private static bool IsInQuotes(ReadOnlySpan<byte> line)
    {
        var isQuoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            if (isQuoted && line[i] == '\\')
            {
                i++;
            }
            else if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
        }

        return isQuoted;
    }

    private readonly record struct Literal(int At, long Octets, bool IsSynchronizing, bool IsBinary);
}
