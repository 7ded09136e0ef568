using System.Buffers;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>Takes command lines from what a client sent. What it yields does not depend on how the network cut the bytes.</summary>
internal sealed class SmtpLineReader
{
    private bool _skipsRest;

    /// <summary>Takes the first complete line.</summary>
    /// <param name="buffer">Unread octets. Advanced past a complete line and its CRLF; of a line that is too long its beginning is dropped at once.</param>
    /// <param name="maxLength">Longest accepted line in octets, CRLF included; at least 512 (RFC 5321 §4.5.3.1.4).</param>
    /// <param name="line">The line without its CRLF; empty if it was too long.</param>
    /// <param name="isTooLong">The line had more octets: answer 500. The octets are gone, the next line is in order again.</param>
    /// <returns>False if more octets are needed.</returns>
    /// <remarks>
    /// A lone LF or CR does not end a line: accepting one is what makes SMTP smuggling work (RFC 5321 §2.3.8; CVE-2023-51764).
    /// </remarks>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, int maxLength, out ReadOnlySequence<byte> line, out bool isTooLong)
    {
        var reader = new SequenceReader<byte>(buffer);
        isTooLong = false;
        if (reader.TryReadTo(out line, "\r\n"u8))
        {
            isTooLong = _skipsRest || line.Length + 2 > maxLength;
            line = isTooLong ? default : line;
            _skipsRest = false;
            buffer = reader.UnreadSequence;
            return true;
        }

        if (buffer.Length > maxLength)
        {
            _skipsRest = true;
            buffer = buffer.Slice(buffer.Length - 1); // The last octet may be the CR of a CRLF.
        }

        return false;
    }
}
