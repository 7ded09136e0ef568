using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Plenum.Protocols.Mail.Imap;

/// <summary>Mailbox names as IMAP4rev1 writes them (RFC 3501 §5.1.3): ASCII, with "&amp;…-" holding UTF-16 in base64 where "/" is ",".</summary>
public static class ModifiedUtf7
{
    /// <summary>Writes a name; "&amp;" becomes "&amp;-". Half a surrogate pair, which is no character, becomes U+FFFD.</summary>
    public static string Encode(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var encoded = new StringBuilder(name.Length);
        for (var at = 0; at < name.Length;)
        {
            if (IsDirect(name[at]))
            {
                encoded.Append(name[at] == '&' ? "&-" : name[at].ToString());
                at++;
                continue;
            }

            var end = at;
            while (end < name.Length && !IsDirect(name[end]))
            {
                end++;
            }

            var base64 = Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(name[at..end]));
            encoded.Append('&').Append(base64.TrimEnd('=').Replace('/', ',')).Append('-');
            at = end;
        }

        return encoded.ToString();
    }

    /// <summary>Reads a name.</summary>
    /// <returns>False for 8-bit or control characters, broken base64, superfluous encoding of ASCII, half a surrogate pair, two shifts in a row, or an open shift.</returns>
    public static bool TryDecode(ReadOnlySpan<char> encoded, [NotNullWhen(true)] out string? name)
    {
        name = null;
        var decoded = new StringBuilder(encoded.Length);
        var justShifted = false;
        while (!encoded.IsEmpty)
        {
            if (encoded[0] is < ' ' or > '~')
            {
                return false;
            }

            if (encoded[0] != '&')
            {
                decoded.Append(encoded[0]);
                encoded = encoded[1..];
                justShifted = false;
                continue;
            }

            var end = encoded.IndexOf('-');
            if (end < 0)
            {
                return false;
            }

            if (end == 1)
            {
                decoded.Append('&');
                justShifted = false;
            }
            else
            {
                if (justShifted || !TryDecodeShift(encoded[1..end], decoded))
                {
                    return false;
                }

                justShifted = true;
            }

            encoded = encoded[(end + 1)..];
        }

        name = decoded.ToString();
        return true;
    }

    private static bool IsDirect(char c) => c is >= ' ' and <= '~';

    private static bool TryDecodeShift(ReadOnlySpan<char> base64, StringBuilder decoded)
    {
        if (base64.ContainsAny('/', '=', ' ') || base64.Length % 4 == 1)
        {
            return false;
        }

        var padded = base64.ToString().Replace(',', '/').PadRight((base64.Length + 3) / 4 * 4, '=');
        if (!Base64.IsValid(padded, out var length) || length % 2 != 0)
        {
            return false;
        }

        var octets = Convert.FromBase64String(padded);
        // The bits after the last octet are zero, or two names would stand for one mailbox.
        if (!Convert.ToBase64String(octets).TrimEnd('=').Equals(padded.TrimEnd('='), StringComparison.Ordinal))
        {
            return false;
        }

        char? high = null;
        for (var i = 0; i < octets.Length; i += 2)
        {
            var c = (char)((octets[i] << 8) | octets[i + 1]);
            if (IsDirect(c) || (char.IsLowSurrogate(c) != (high is not null)))
            {
                return false;
            }

            high = char.IsHighSurrogate(c) ? c : null;
            decoded.Append(c);
        }

        return high is null;
    }
}
