using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Plenum.Wikitext.Site;

/// <summary>Percent escapes as MediaWiki writes and reads them.</summary>
public static class PercentEncoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";

    /// <summary>What a query value keeps (PHP's urlencode).</summary>
    private static readonly SearchValues<char> s_query = SearchValues.Create(Unreserved);

    /// <summary>What a page name in a path keeps (MediaWiki's wfUrlencode).</summary>
    private static readonly SearchValues<char> s_page = SearchValues.Create(Unreserved + ";@$!*(),/~:");

    /// <summary>What RFC 3986 never escapes (PHP's rawurlencode).</summary>
    private static readonly SearchValues<char> s_path = SearchValues.Create(Unreserved + "~");

    /// <summary>Decodes the escapes of a link target; angle brackets that come out stay harmless references. Without an escape the text is unchanged.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? DecodeInLink(string? text)
    {
        if (text is null || !HasEscape(text))
        {
            return text;
        }

        return Decode(text).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
    }

    /// <summary>Decodes every escape as UTF-8; octets that are no UTF-8 become U+FFFD. A plus sign stays.</summary>
    public static string Decode(string text)
    {
        if (!HasEscape(text))
        {
            return text;
        }

        var octets = new ArrayBufferWriter<byte>(text.Length);
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (IsEscape(rest))
            {
                octets.Write([(byte)((HexValue(rest[1]) << 4) | HexValue(rest[2]))]);
                rest = rest[3..];
                continue;
            }

            var next = rest[1..].IndexOf('%');
            var plain = next < 0 ? rest : rest[..(next + 1)];
            Encoding.UTF8.GetBytes(plain, octets);
            rest = rest[plain.Length..];
        }

        return Encoding.UTF8.GetString(octets.WrittenSpan);
    }

    /// <summary>For a query value: blanks become "+", all but letters, digits and <c>-_.</c> is escaped.</summary>
    public static string EncodeQuery(string text) => Encode(text, s_query, "+");

    /// <summary>For a path: blanks become "%20", all but RFC 3986's unreserved characters is escaped.</summary>
    public static string EncodePath(string text) => Encode(text, s_path, "%20");

    /// <summary>For a page name in an address: blanks become underscores; <c>;@$!*(),/~:</c> stay readable.</summary>
    public static string EncodePage(string text) => Encode(text, s_page, "_");

    private static string Encode(string text, SearchValues<char> kept, string blank)
    {
        if (text.AsSpan().IndexOfAnyExcept(kept) < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 16);
        Span<byte> octets = stackalloc byte[4];
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && kept.Contains((char)rune.Value))
            {
                result.Append((char)rune.Value);
            }
            else if (rune.Value == ' ')
            {
                result.Append(blank);
            }
            else
            {
                foreach (var octet in octets[..rune.EncodeToUtf8(octets)])
                {
                    result.Append('%').Append(HexDigit(octet >> 4)).Append(HexDigit(octet & 15));
                }
            }
        }

        return result.ToString();
    }

    private static bool HasEscape(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf('%'); at >= 0;)
        {
            if (IsEscape(text[at..]))
            {
                return true;
            }

            var next = text[(at + 1)..].IndexOf('%');
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    private static bool IsEscape(ReadOnlySpan<char> text)
        => text.Length >= 3 && text[0] == '%' && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]);

    private static int HexValue(char digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static char HexDigit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);
}
