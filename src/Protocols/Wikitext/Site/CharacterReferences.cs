using System.Globalization;
using System.Text;
using AngleSharp.Html;

namespace Plenum.Wikitext.Site;

/// <summary>
/// HTML character references in text: <c>&amp;amp;</c>, <c>&amp;#228;</c>, <c>&amp;#xE4;</c>. Only those with a semicolon count. Beside
/// HTML's names the right-to-left mark has its Hebrew and Arabic name, as in MediaWiki.
/// </summary>
internal static class CharacterReferences
{
    /// <summary>Longest name of HTML's table (CounterClockwiseContourIntegral) and a little more.</summary>
    private const int MaxNameLength = 33;

    /// <summary>Decodes every reference; one that names no character allowed in HTML becomes U+FFFD, an unknown name stays as it is.</summary>
    public static string Decode(string text)
    {
        var at = text.IndexOf('&');
        if (at < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length).Append(text, 0, at);
        while (at < text.Length)
        {
            if (text[at] == '&' && TryRead(text.AsSpan(at), out var decoded, out var length))
            {
                result.Append(decoded);
                at += length;
                continue;
            }

            var next = text.IndexOf('&', at + 1);
            next = next < 0 ? text.Length : next;
            result.Append(text, at, next - at);
            at = next;
        }

        return result.ToString();
    }

    /// <summary>Reads one reference at the start of <paramref name="text"/>.</summary>
    /// <param name="decoded">The character or characters it stands for.</param>
    /// <param name="length">Characters it takes, from the ampersand to the semicolon.</param>
    /// <returns>False if no known reference starts here.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out string decoded, out int length)
    {
        decoded = "";
        length = 0;
        if (text.Length < 3 || text[0] != '&')
        {
            return false;
        }

        var digits = text[1] != '#' ? 0 : text[2] is 'x' or 'X' ? 3 : 2;
        var start = digits == 0 ? 1 : digits;
        var end = start;
        while (end < text.Length && end - start <= MaxNameLength && (digits switch
        {
            0 => char.IsAsciiLetterOrDigit(text[end]) || text[end] is >= '\u05D0' and <= '\u06FF',
            2 => char.IsAsciiDigit(text[end]),
            _ => char.IsAsciiHexDigit(text[end]),
        }))
        {
            end++;
        }

        if (end == start || end == text.Length || text[end] != ';')
        {
            return false;
        }

        var name = text[start..end];
        length = end + 1;
        if (digits != 0)
        {
            decoded = FromNumber(name, digits == 3);
            return true;
        }

        decoded = name is "רלמ" or "رلم" ? "\u200F" : HtmlEntityProvider.Resolver.GetSymbol(string.Concat(name, ";")) ?? "";
        return decoded.Length > 0;
    }

    private static string FromNumber(ReadOnlySpan<char> digits, bool hexadecimal)
    {
        var style = hexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return int.TryParse(digits.TrimStart('0'), style, CultureInfo.InvariantCulture, out var code) && IsAllowed(code)
            ? char.ConvertFromUtf32(code)
            : "\uFFFD";
    }

    /// <summary>Characters that both HTML and XML allow.</summary>
    private static bool IsAllowed(int code)
        => code is 0x09 or 0x0A or (>= 0x20 and <= 0x7E) or (>= 0xA0 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or (>= 0x10000 and <= 0x10FFFF);
}
