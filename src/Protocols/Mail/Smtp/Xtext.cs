using System.Globalization;
using System.Text;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>The encoding of DSN and AUTH parameters (RFC 3461 §4): "+" and two upper-case hexadecimal digits for an octet that may not stand there.</summary>
public static class Xtext
{
    public static string Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var encoded = new StringBuilder(text.Length);
        foreach (var octet in Encoding.UTF8.GetBytes(text))
        {
            if (octet is >= (byte)'!' and <= (byte)'~' and not ((byte)'+' or (byte)'='))
            {
                encoded.Append((char)octet);
            }
            else
            {
                encoded.Append(CultureInfo.InvariantCulture, $"+{octet:X2}");
            }
        }

        return encoded.ToString();
    }

    /// <summary>False if a "+" is not followed by two hexadecimal digits, the result is not UTF-8, or it holds control characters.</summary>
    public static bool TryDecode(string encoded, out string text)
    {
        ArgumentNullException.ThrowIfNull(encoded);
        text = "";
        var octets = new List<byte>(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] != '+')
            {
                octets.AddRange(Encoding.UTF8.GetBytes(encoded, i, 1));
                continue;
            }

            if (i + 2 >= encoded.Length
                || !byte.TryParse(encoded.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                return false;
            }

            octets.Add(octet);
            i += 2;
        }

        byte[] all = [.. octets];
        if (!System.Text.Unicode.Utf8.IsValid(all))
        {
            return false;
        }

        text = Encoding.UTF8.GetString(all);
        return !text.Any(char.IsControl);
    }
}
