using System.Buffers;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>
/// Makes a message fit for DATA (RFC 5321 §4.5.2): dots doubled, every line end CRLF, ended by CRLF.CRLF. The pieces may be cut anywhere.
/// Bare CR and LF become CRLF, so that nothing we send can mean two messages to a lax server behind.
/// </summary>
public sealed class SmtpDataEncoder
{
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);
    private bool _atLineStart = true;
    private bool _afterReturn;

    /// <summary>Encodes the next piece of the message.</summary>
    public void Encode(ReadOnlySpan<byte> piece, IBufferWriter<byte> output)
    {
        while (!piece.IsEmpty)
        {
            if (_afterReturn)
            {
                _afterReturn = false;
                if (piece[0] == '\n')
                {
                    piece = piece[1..];
                    continue;
                }
            }

            var end = piece.IndexOfAny(LineEnds);
            var plain = end < 0 ? piece : piece[..end];
            if (!plain.IsEmpty)
            {
                if (_atLineStart && plain[0] == '.')
                {
                    output.Write("."u8);
                }

                output.Write(plain);
                _atLineStart = false;
            }

            if (end < 0)
            {
                return;
            }

            output.Write("\r\n"u8);
            _atLineStart = true;
            _afterReturn = piece[end] == '\r';
            piece = piece[(end + 1)..];
        }
    }

    /// <summary>Ends the message: the last line end, if it is missing, and the dot.</summary>
    public void Finish(IBufferWriter<byte> output) => output.Write(_atLineStart ? ".\r\n"u8 : "\r\n.\r\n"u8);
}
