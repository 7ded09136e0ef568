using System.Globalization;
using System.Text;

namespace Plenum.Protocols.Mail.Dsn;

/// <summary>The encoding of ENVID and ORCPT (RFC 3461 §4), and its Unicode sister for addresses of type utf-8 (RFC 6533 §3).</summary>
public static class Xtext
{
    /// <summary>Encodes ASCII.</summary>
    /// <exception cref="ArgumentException">The text holds characters outside ASCII: only utf-8 addresses can, see <see cref="EncodeUtf8Address"/>.</exception>
    public static string Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var output = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (!char.IsAscii(c))
            {
                throw new ArgumentException("xtext holds ASCII only.", nameof(text));
            }

            _ = c is > ' ' and <= '~' and not ('+' or '=')
                ? output.Append(c)
                : output.Append(CultureInfo.InvariantCulture, $"+{(int)c:X2}");
        }

        return output.ToString();
    }

    /// <summary>Decodes; false for a blank, a control character, a bare "=", a broken "+" or anything outside ASCII.</summary>
    public static bool TryDecode(ReadOnlySpan<char> xtext, out string text)
    {
        text = "";
        var output = new StringBuilder(xtext.Length);
        for (var i = 0; i < xtext.Length; i++)
        {
            switch (xtext[i])
            {
                case '+' when i + 2 < xtext.Length && IsUpperHex(xtext[i + 1]) && IsUpperHex(xtext[i + 2]):
                    var octet = byte.Parse(xtext.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                    if (octet > 127)
                    {
                        return false;
                    }

                    output.Append((char)octet);
                    i += 2;
                    break;
                case > ' ' and <= '~' and not ('+' or '=') and var c:
                    output.Append(c);
                    break;
                default:
                    return false;
            }
        }

        text = output.ToString();
        return true;
    }

    /// <summary>utf-8-addr-xtext (RFC 6533 §3): everything outside printable ASCII, and "+", "=", "\", as \x{HEX}.</summary>
    /// <param name="keepUnicode">Writes utf-8-addr-unitext instead: characters above ASCII stay.</param>
    public static string EncodeUtf8Address(string address, bool keepUnicode = false)
    {
        ArgumentNullException.ThrowIfNull(address);
        var output = new StringBuilder(address.Length + 16);
        foreach (var rune in address.EnumerateRunes())
        {
            _ = rune.Value is > ' ' and <= '~' and not ('+' or '=' or '\\') || (keepUnicode && !rune.IsAscii && !Rune.IsControl(rune))
                ? output.Append(rune)
                : output.Append(CultureInfo.InvariantCulture, $"\\x{{{rune.Value:X2}}}");
        }

        return output.ToString();
    }

    /// <summary>Decodes utf-8-addr-xtext and utf-8-addr-unitext (which leaves Unicode as it is).</summary>
    public static bool TryDecodeUtf8Address(ReadOnlySpan<char> encoded, out string address)
    {
        address = "";
        var output = new StringBuilder(encoded.Length);
        for (var i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] != '\\')
            {
                if (encoded[i] is <= ' ' or '\x7f' or '+' or '=')
                {
                    return false;
                }

                output.Append(encoded[i]);
                continue;
            }

            var end = encoded[i..].IndexOf('}');
            if (end is < 5 or > 9 || encoded[i + 1] != 'x' || encoded[i + 2] != '{'
                || !int.TryParse(encoded.Slice(i + 3, end - 3), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                || !Rune.IsValid(value))
            {
                return false;
            }

            output.Append(new Rune(value));
            i += end;
        }

        address = output.ToString();
        return true;
    }

    private static bool IsUpperHex(char c) => c is (>= '0' and <= '9') or (>= 'A' and <= 'F');
}
