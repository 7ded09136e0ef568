using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Mail.Receiving;

/// <summary>The header of a message that is still arriving, and the first octets of its body that came along.</summary>
internal sealed class MessageHead
{
    /// <summary>Largest header in octets; the largest real ones, with long chains of trust, have 60 kB.</summary>
    public const int MaxOctets = 256 * 1024;

    private readonly byte[] _octets;
    private readonly int _length;

    private MessageHead(byte[] octets, int length, int headerLength)
    {
        _octets = octets;
        _length = length;
        Octets = octets.AsMemory(0, headerLength);
        Header = HeaderBlock.Parse(Octets);
    }

    /// <summary>The header with the empty line at its end.</summary>
    public ReadOnlyMemory<byte> Octets { get; }

    public HeaderBlock Header { get; }

    /// <summary>What of the body was read already.</summary>
    public ReadOnlyMemory<byte> BodyStart => _octets.AsMemory(Octets.Length, _length - Octets.Length);

    /// <summary>Reads up to the end of the header.</summary>
    /// <returns>Null if the header is too large.</returns>
    public static async ValueTask<MessageHead?> ReadAsync(Stream content, CancellationToken cancellation)
    {
        var octets = new byte[8 * 1024];
        for (var length = 0; ;)
        {
            var read = await content.ReadAsync(octets.AsMemory(length), cancellation);
            var searchFrom = Math.Max(0, length - 3);
            length += read;
            if (EndOfHeader(octets.AsSpan(0, length), searchFrom) is { } end)
            {
                return new(octets, length, end);
            }

            if (read == 0)
            {
                return new(octets, length, length);
            }

            if (length == octets.Length)
            {
                if (length >= MaxOctets)
                {
                    return null;
                }

                Array.Resize(ref octets, length * 2);
            }
        }
    }

    private static int? EndOfHeader(ReadOnlySpan<byte> octets, int from)
        => octets.StartsWith("\r\n"u8) ? 2
            : octets[from..].IndexOf("\r\n\r\n"u8) is >= 0 and var at ? from + at + 4
            : null;
}
