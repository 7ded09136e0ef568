using System.Buffers;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>
/// Undoes the transparency of DATA (RFC 5321 §4.5.2) and finds its end, wherever the network cut the octets. Only CRLF.CRLF is an end; what
/// some servers also take for one (LF.LF, CR.CR, LF.CRLF …) is content, and makes the whole message refused.
/// </summary>
public sealed class SmtpDataDecoder
{
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);
    private Place _place = Place.LineStart;

    private enum Place
    {
        LineStart,
        Line,
        Return,
        Dot,
        DotReturn,
    }

    /// <summary>CRLF.CRLF was read; what follows is the next command.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>A CR without LF or an LF without CR was read: refuse the message at its end. Nothing more is yielded.</summary>
    public bool HasBareLineEnd { get; private set; }

    /// <summary>Decodes a piece.</summary>
    /// <param name="output">At least two octets; never overrun.</param>
    /// <param name="written">Octets of content put into <paramref name="output"/>.</param>
    /// <returns>Octets of <paramref name="input"/> that were used: all, unless the end was found or the output is full.</returns>
    public int Decode(ReadOnlySpan<byte> input, Span<byte> output, out int written)
    {
        written = 0;
        var at = 0;
        while (at < input.Length && !IsComplete && output.Length - written >= 2)
        {
            if (_place == Place.Line && input[at] is not ((byte)'\r' or (byte)'\n'))
            {
                var end = input[at..].IndexOfAny(LineEnds);
                var length = Math.Min(end < 0 ? input.Length - at : end, output.Length - written);
                Write(input.Slice(at, length), output, ref written);
                at += length;
                continue;
            }

            Step(input[at++], output, ref written);
        }

        return at;
    }

    private void Step(byte octet, Span<byte> output, ref int written)
    {
        switch (_place, octet)
        {
            case (Place.Return, (byte)'\n'):
                Write("\r\n"u8, output, ref written);
                _place = Place.LineStart;
                return;
            case (Place.DotReturn, (byte)'\n'):
                IsComplete = true;
                return;
            case (Place.Return or Place.DotReturn, _):
                HasBareLineEnd = true;
                _place = octet == '\r' ? Place.Return : Place.Line;
                return;
            case (Place.LineStart, (byte)'.'):
                _place = Place.Dot; // The first dot of a line is not content.
                return;
            case (Place.Dot, (byte)'\r'):
                _place = Place.DotReturn;
                return;
            case (_, (byte)'\r'):
                _place = Place.Return;
                return;
            case (_, (byte)'\n'):
                HasBareLineEnd = true;
                _place = Place.Line;
                return;
            default:
                Write([octet], output, ref written);
                _place = Place.Line;
                return;
        }
    }

    private void Write(ReadOnlySpan<byte> octets, Span<byte> output, ref int written)
    {
        if (!HasBareLineEnd)
        {
            octets.CopyTo(output[written..]);
            written += octets.Length;
        }
    }
}
