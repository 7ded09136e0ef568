using System.Security.Cryptography;
using System.Text;

namespace Plenum.Discussions.Domain;

/// <summary>Short names made of digests.</summary>
public static class MessageHash
{
    /// <summary>Length of <see cref="Of"/>.</summary>
    public const int Length = 32;

    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // RFC 4648 §6

    /// <summary>The name of a message on the web: base32 of the SHA-1 of its Message-ID without brackets, as list archives have long made it.</summary>
    /// <remarks>Whoever could make two ids of one hash would only shadow a message of their own; content is compared by SHA-256.</remarks>
    public static string Of(string messageId)
    {
        ArgumentNullException.ThrowIfNull(messageId);
#pragma warning disable CA5350 // A name, not a proof: links of other archives must keep working.
        return Base32(SHA1.HashData(Encoding.UTF8.GetBytes(messageId)));
#pragma warning restore CA5350
    }

    /// <summary>What two deliveries of one message have in common: SHA-256 over the body without white space, which transport may change.</summary>
    public static string OfBody(ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> kept = stackalloc byte[1024];
        var count = 0;
        foreach (var octet in body)
        {
            if (octet > ' ')
            {
                kept[count++] = octet;
                if (count == kept.Length)
                {
                    hash.AppendData(kept);
                    count = 0;
                }
            }
        }

        hash.AppendData(kept[..count]);
        return Base32(hash.GetHashAndReset());
    }

    public static bool IsHash(string? text) => text is { Length: Length } && text.All(c => Alphabet.Contains(c, StringComparison.Ordinal));

    /// <summary>Unpadded base32.</summary>
    public static string Base32(ReadOnlySpan<byte> octets)
    {
        var text = new StringBuilder((octets.Length * 8 / 5) + 1);
        var (buffer, bits) = (0, 0);
        foreach (var octet in octets)
        {
            (buffer, bits) = ((buffer << 8) | octet, bits + 8);
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Alphabet[(buffer >> bits) & 31]);
            }

            buffer &= (1 << bits) - 1;
        }

        return bits == 0 ? text.ToString() : text.Append(Alphabet[(buffer << (5 - bits)) & 31]).ToString();
    }
}
