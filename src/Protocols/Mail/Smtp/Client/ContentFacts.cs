using System.Buffers;
using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>What a message asks of the next host, found in one pass over its octets.</summary>
/// <param name="Length">Octets.</param>
/// <param name="HeaderLength">Octets up to and including the empty line; the whole length without one.</param>
/// <param name="HasEightBitBody">Needs 8BITMIME (RFC 6152).</param>
/// <param name="HasUtf8Header">Needs SMTPUTF8 (RFC 6531 §3.2).</param>
/// <param name="HasLongLine">A line has more than 998 octets (RFC 5322 §2.1.1).</param>
/// <param name="BodyHash">For signing, in relaxed form.</param>
public sealed record ContentFacts(long Length, long HeaderLength, bool HasEightBitBody, bool HasUtf8Header, bool HasLongLine, DkimBodyHash BodyHash)
{
    /// <summary>RFC 5321 §4.5.3.1.6: 1,000 octets with CRLF.</summary>
    public const int MaxLineLength = 998;

    /// <summary>Reads a stream to its end.</summary>
    public static async ValueTask<ContentFacts> ReadAsync(Stream content, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var hasher = new DkimBodyHasher(Canonicalization.Relaxed);
        var scan = new Scan();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            while (await content.ReadAsync(buffer, cancellation) is > 0 and var read)
            {
                scan.Take(buffer.AsSpan(0, read), hasher);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new(scan.Length, scan.HeaderLength ?? scan.Length, scan.HasEightBitBody, scan.HasUtf8Header, scan.HasLongLine, hasher.Finish());
    }

    private sealed class Scan
    {
        private int _column;
        private bool _lineHasContent;

        public long Length { get; private set; }

        public long? HeaderLength { get; private set; }

        public bool HasEightBitBody { get; private set; }

        public bool HasUtf8Header { get; private set; }

        public bool HasLongLine { get; private set; }

        public void Take(ReadOnlySpan<byte> piece, DkimBodyHasher hasher)
        {
            while (!piece.IsEmpty)
            {
                var end = piece.IndexOf((byte)'\n');
                var line = end < 0 ? piece : piece[..(end + 1)];
                var isBody = HeaderLength is not null;
                if (isBody)
                {
                    hasher.Append(line);
                }

                TakeLine(line, isBody, end >= 0);
                piece = piece[line.Length..];
            }
        }

        private void TakeLine(ReadOnlySpan<byte> line, bool isBody, bool ends)
        {
            Length += line.Length;
            if (!System.Text.Ascii.IsValid(line))
            {
                HasEightBitBody |= isBody;
                HasUtf8Header |= !isBody;
            }

            var content = ends ? line.TrimEnd("\r\n"u8) : line;
            _column += content.Length;
            _lineHasContent |= content.ContainsAnyExcept((byte)'\r');
            HasLongLine |= _column > MaxLineLength;
            if (ends)
            {
                HeaderLength ??= _lineHasContent ? null : Length;
                _column = 0;
                _lineHasContent = false;
            }
        }
    }
}
