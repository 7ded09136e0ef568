using System.Buffers;
using System.Security.Cryptography;

namespace Plenum.Protocols.Mail.Dkim;

/// <summary>
/// Hashes a body (SHA-256) in canonical form while it streams past (RFC 6376 §3.4.3, §3.4.4, §3.7). The pieces may be cut anywhere.
/// Memory is constant; line ends may be CRLF or LF.
/// </summary>
/// <param name="canonicalization">The body's half of c=.</param>
/// <param name="limit">Octets of the canonical body to hash (l=, RFC 6376 §3.5), or null for all.</param>
public sealed class DkimBodyHasher(Canonicalization canonicalization, long? limit = null) : IDisposable
{
    private const int BufferSize = 8192;

    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);
    private static readonly SearchValues<byte> LineEndsAndBlanks = SearchValues.Create("\r\n \t"u8);

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly SearchValues<byte> _special = canonicalization is Canonicalization.Relaxed ? LineEndsAndBlanks : LineEnds;
    private int _buffered;
    private long _length;
    private long _pendingLineEnds;
    private bool _pendingBlank;
    private bool _pendingReturn;
    private bool _hasContent;

    public Canonicalization Canonicalization => canonicalization;

    /// <summary>Takes the next piece of the body as it is on the wire (dots already unstuffed).</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            if (_pendingReturn)
            {
                _pendingReturn = false;
                if (piece[0] == '\n')
                {
                    EndLine();
                    piece = piece[1..];
                    continue;
                }

                Write("\r"u8); // A bare CR is an octet like any other.
            }

            var plain = piece.IndexOfAny(_special);
            if (plain != 0)
            {
                Write(plain < 0 ? piece : piece[..plain]);
                if (plain < 0)
                {
                    return;
                }
            }

            switch (piece[plain])
            {
                case (byte)'\n':
                    EndLine();
                    break;
                case (byte)'\r':
                    _pendingReturn = true;
                    break;
                default:
                    _pendingBlank = true;
                    break;
            }

            piece = piece[(plain + 1)..];
        }
    }

    /// <summary>Ends the body and yields its hash. The hasher cannot be used afterwards.</summary>
    public DkimBodyHash Finish()
    {
        if (_pendingReturn)
        {
            _pendingReturn = false;
            Write("\r"u8);
        }

        // RFC 6376 §3.4.3: an empty body is one CRLF; §3.4.4: in relaxed form it is empty.
        if (_hasContent || canonicalization is Canonicalization.Simple)
        {
            Output("\r\n"u8);
        }

        _hash.AppendData(_buffer, 0, _buffered);
        return new DkimBodyHash(canonicalization, _hash.GetHashAndReset(), _length) { Limit = limit };
    }

    public void Dispose() => _hash.Dispose();

    private void EndLine()
    {
        _pendingBlank = false;
        _pendingLineEnds++;
    }

    private void Write(ReadOnlySpan<byte> content)
    {
        _hasContent = true;
        for (; _pendingLineEnds > 0; _pendingLineEnds--)
        {
            Output("\r\n"u8);
        }

        if (_pendingBlank)
        {
            _pendingBlank = false;
            Output(" "u8);
        }

        Output(content);
    }

    private void Output(ReadOnlySpan<byte> octets)
    {
        var room = limit is { } most ? Math.Max(0, most - _length) : long.MaxValue;
        _length += octets.Length;
        if (octets.Length > room)
        {
            octets = octets[..(int)room];
        }

        if (octets.Length > BufferSize - _buffered)
        {
            _hash.AppendData(_buffer, 0, _buffered);
            _buffered = 0;
            if (octets.Length >= BufferSize)
            {
                _hash.AppendData(octets);
                return;
            }
        }

        octets.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += octets.Length;
    }
}
