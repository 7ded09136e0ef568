using System.Buffers.Binary;
using System.Security.Cryptography;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Keys;

namespace Plenum.Mail.Receiving;

/// <summary>
/// Return paths that tell bounces apart (VERP): "bounces+TOKEN@domain", the token naming message and recipient, sealed so that nobody can make one up.
/// </summary>
public sealed class ReturnPathSeal(MasterKey master)
{
    private const string Prefix = "bounces+";
    private const int SealBytes = 8; // 2^64 tries over SMTP are none; with it the local part has 53 of its 64 octets.
    private const int TokenBytes = 16 + 4 + SealBytes;
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567"; // RFC 4648 §6 in lower case: mail servers may change the case.
    private readonly Lazy<byte[]> _key = new(() => master.Derive("mail.return-path"));

    public string LocalPart(MailMessageId message, int position)
    {
        Span<byte> token = stackalloc byte[TokenBytes];
        message.Value.TryWriteBytes(token, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(token[16..], position);
        Seal(token[..20], token[20..]);
        return Prefix + Encode(token);
    }

    /// <summary>Reads a local part; false if it is none of ours.</summary>
    public bool TryRead(string localPart, out MailMessageId message, out int position)
    {
        ArgumentNullException.ThrowIfNull(localPart);
        (message, position) = (default, 0);
        Span<byte> token = stackalloc byte[TokenBytes];
        if (!localPart.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || !TryDecode(localPart.AsSpan(Prefix.Length), token))
        {
            return false;
        }

        Span<byte> expected = stackalloc byte[SealBytes];
        Seal(token[..20], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, token[20..]))
        {
            return false;
        }

        message = new(new Guid(token[..16], bigEndian: true));
        position = BinaryPrimitives.ReadInt32BigEndian(token[16..]);
        return true;
    }

    private void Seal(ReadOnlySpan<byte> names, Span<byte> seal)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key.Value, names, mac);
        mac[..SealBytes].CopyTo(seal);
    }

    private static string Encode(ReadOnlySpan<byte> octets)
    {
        Span<char> text = stackalloc char[((octets.Length * 8) + 4) / 5];
        for (int i = 0, bit = 0; i < text.Length; i++, bit += 5)
        {
            var pair = (octets[bit / 8] << 8) | (bit / 8 + 1 < octets.Length ? octets[(bit / 8) + 1] : 0);
            text[i] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
        }

        return new(text);
    }

    private static bool TryDecode(ReadOnlySpan<char> text, Span<byte> octets)
    {
        if (text.Length != ((octets.Length * 8) + 4) / 5)
        {
            return false;
        }

        var held = 0;
        var bits = 0;
        var at = 0;
        foreach (var c in text)
        {
            var value = Alphabet.IndexOf(char.ToLowerInvariant(c), StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }

            held = ((held << 5) | value) & 0xFFFF;
            bits += 5;
            if (bits >= 8 && at < octets.Length)
            {
                bits -= 8;
                octets[at++] = (byte)(held >> bits);
            }
        }

        return at == octets.Length;
    }
}
