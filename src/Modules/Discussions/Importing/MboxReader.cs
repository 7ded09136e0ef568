using System.Buffers;

namespace Plenum.Discussions.Importing;

/// <summary>A message of an mbox file.</summary>
/// <param name="Raw">Without the "From " line, quoted From lines as they were, lines ended by CRLF. Null if it was too long.</param>
/// <param name="Offset">Where its "From " line begins in the file.</param>
/// <param name="End">Where the next message begins.</param>
public sealed record MboxMessage(byte[]? Raw, long Offset, long End);

/// <summary>
/// Reads an mbox file (RFC 4155) one message at a time, whatever its length. A message begins where a line "From someone date" follows an
/// empty line; ">From " and ">>From " lose one ">" (mboxrd).
/// </summary>
public sealed class MboxReader(Stream file, long start, int maxMessageBytes)
{
    private const int BufferBytes = 256 * 1024;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private readonly ArrayBufferWriter<byte> _message = new(64 * 1024);
    private int _from;
    private int _until;
    private long _position = start; // Of the first unread octet of the buffer.

    /// <summary>Takes the next message; null at the end.</summary>
    /// <exception cref="InvalidDataException">The file does not begin with "From ".</exception>
    public async ValueTask<MboxMessage?> NextAsync(CancellationToken cancellation)
    {
        var begin = _position;
        if (await FirstLineAsync(cancellation) is not { } first)
        {
            return null;
        }

        if (!IsFromLine(first.Span))
        {
            throw new InvalidDataException($"At octet {begin} stands no \"From \" line: this is no mbox file.");
        }

        _message.Clear();
        var isTooLong = false;
        var (wasEmpty, isStart) = (false, true);
        while (true)
        {
            var (line, isWhole) = await LineAsync(cancellation);
            if (line.IsEmpty || (wasEmpty && IsFromLine(line.Span)))
            {
                if (!line.IsEmpty)
                {
                    Unread(line.Length);
                }

                return new(isTooLong ? null : WithoutLastEmptyLine(_message.WrittenSpan), begin, _position);
            }

            isTooLong |= _message.WrittenCount + line.Length > maxMessageBytes;
            if (!isTooLong)
            {
                Append(line.Span, isStart, isWhole);
            }

            wasEmpty = isStart && line.Span is [(byte)'\n'] or [(byte)'\r', (byte)'\n'];
            isStart = isWhole;
        }
    }

    /// <summary>"From address Mon Jul  1 11:26:53 2019": the year tells it from a sentence.</summary>
    internal static bool IsFromLine(ReadOnlySpan<byte> line)
    {
        if (!line.StartsWith("From "u8))
        {
            return false;
        }

        var rest = line.TrimEnd("\r\n "u8);
        return rest.Length > 20 && rest.Contains((byte)':') && rest[^4..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0; // A year, or "+0200".
    }

    // Blank lines may stand before the first message.
    private async ValueTask<ReadOnlyMemory<byte>?> FirstLineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var (line, _) = await LineAsync(cancellation);
            if (line.IsEmpty)
            {
                return null;
            }

            if (line.Span is not [(byte)'\n'] and not [(byte)'\r', (byte)'\n'])
            {
                return line;
            }
        }
    }

    /// <summary>The next line with its end, or as much of it as the buffer holds; empty at the end of the file.</summary>
    private async ValueTask<(ReadOnlyMemory<byte> Line, bool IsWhole)> LineAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var end = _buffer.AsSpan(_from, _until - _from).IndexOf((byte)'\n');
            if (end >= 0 || _until - _from == BufferBytes)
            {
                return Take(end >= 0 ? end + 1 : BufferBytes, end >= 0);
            }

            if (_from > 0)
            {
                Buffer.BlockCopy(_buffer, _from, _buffer, 0, _until - _from);
                (_until, _from) = (_until - _from, 0);
            }

            var read = await file.ReadAsync(_buffer.AsMemory(_until), cancellation);
            if (read == 0)
            {
                return Take(_until - _from, isWhole: true);
            }

            _until += read;
        }
    }

    private (ReadOnlyMemory<byte> Line, bool IsWhole) Take(int length, bool isWhole)
    {
        var line = _buffer.AsMemory(_from, length);
        _from += length;
        _position += length;
        return (line, isWhole);
    }

    private void Unread(int length)
    {
        _from -= length;
        _position -= length;
    }

    private void Append(ReadOnlySpan<byte> line, bool isStart, bool isWhole)
    {
        if (isStart && line[0] == '>' && line.TrimStart((byte)'>').StartsWith("From "u8))
        {
            line = line[1..];
        }

        if (isWhole && line[^1] == '\n')
        {
            _message.Write(line[..^1].TrimEnd((byte)'\r'));
            _message.Write("\r\n"u8);
        }
        else
        {
            _message.Write(line);
        }
    }

    // The empty line before the next "From " belongs to the format, not to the message.
    private static byte[] WithoutLastEmptyLine(ReadOnlySpan<byte> message)
        => (message.EndsWith("\r\n\r\n"u8) ? message[..^2] : message).ToArray();
}
