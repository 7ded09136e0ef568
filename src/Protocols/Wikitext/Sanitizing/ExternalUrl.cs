using System.Buffers;
using System.Globalization;
using System.Text;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Sanitizing;

/// <summary>Addresses outside the wiki: which schemes are allowed, which characters end an address, and how it is made harmless.</summary>
internal static class ExternalUrl
{
    /// <summary>Allowed starts of an address, lower case ($wgUrlProtocols).</summary>
    private static readonly string[] Schemes =
    [
        "bitcoin:", "ftp://", "ftps://", "geo:", "git://", "gopher://", "http://", "https://", "irc://", "ircs://", "magnet:", "mailto:", "matrix:",
        "mms://", "news:", "nntp://", "redis://", "sftp://", "sip:", "sips:", "sms:", "ssh://", "svn://", "tel:", "telnet://", "urn:",
        "worldwind://", "xmpp:",
    ];

    /// <summary>Letters of the longest scheme.</summary>
    private const int LongestName = 10;

    private static readonly SearchValues<char> EscapedInUrl = SearchValues.Create(
        "[]<>\"|\u007F\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000A\u000B\u000C\u000D\u000E\u000F"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F\u0020");

    /// <summary>Length of the scheme ("https://", "mailto:") at the start of the text; 0 if none is allowed there.</summary>
    /// <param name="allowRelative">True if "//" counts too.</param>
    public static int SchemeLength(ReadOnlySpan<char> text, bool allowRelative = true)
    {
        if (text is ['/', '/', ..])
        {
            return allowRelative ? 2 : 0;
        }

        var colon = text[..Math.Min(text.Length, LongestName + 1)].IndexOf(':');
        return colon > 0 && SchemeStart(text, colon, out var length) == 0 ? length : 0;
    }

    /// <summary>Where the scheme that ends with the colon at <paramref name="colon"/> starts; -1 if no allowed one does.</summary>
    /// <param name="length">Length of the scheme with its slashes.</param>
    public static int SchemeStart(ReadOnlySpan<char> text, int colon, out int length)
    {
        length = 0;
        if (colon < 3)
        {
            return -1;
        }

        var last = char.ToLowerInvariant(text[colon - 1]);
        foreach (var scheme in Schemes)
        {
            var before = scheme.IndexOf(':', StringComparison.Ordinal);
            if (scheme[before - 1] == last && before <= colon && text[(colon - before)..].StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            {
                length = scheme.Length;
                var start = colon - before;
                if (start == 0 || !IsWord(text, start - 1))
                {
                    return start;
                }
            }
        }

        length = 0;
        return -1;
    }

    /// <summary>True if the address starts with an allowed scheme.</summary>
    public static bool IsAllowed(ReadOnlySpan<char> url) => SchemeLength(url) is > 0 and var length && url.Length > length;

    /// <summary>Length of the address at the start of the text, 0 if there is none: a scheme and at least one character of a host or path.</summary>
    public static int Measure(ReadOnlySpan<char> text, int schemeLength)
    {
        var at = schemeLength;
        if (at < text.Length && text[at] == '[')
        {
            var close = text[at..].IndexOf(']');
            if (close < 2 || text.Slice(at + 1, close - 1).IndexOfAnyExcept(Ipv6) >= 0)
            {
                return 0;
            }

            at += close + 1;
        }
        else if (at >= text.Length || !IsUrlChar(text[at]))
        {
            return 0;
        }

        while (at < text.Length && IsUrlChar(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>Everything but brackets, quotes, blanks of any kind, control characters and U+FFFD.</summary>
    private static bool IsUrlChar(char c)
        => c > ' ' && c < '\u007F' ? c is not ('[' or ']' or '<' or '>' or '"') : c > '\u007F' && c != '\uFFFD' && !IsSpace(c);

    /// <summary>Unicode's space separators.</summary>
    public static bool IsSpace(char c) => c == ' ' || (c >= '\u00A0' && CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.SpaceSeparator);

    /// <summary>Decodes references, escapes what could end an attribute, and drops invisible characters from the host.</summary>
    public static string Clean(ReadOnlySpan<char> url)
    {
        var decoded = Escape(CharacterReferences.Decode(url.ToString()));
        var colon = decoded.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 || !decoded.AsSpan(colon + 1).StartsWith("//"))
        {
            return decoded;
        }

        var hostEnd = decoded.IndexOf('/', colon + 3);
        hostEnd = hostEnd < 0 ? decoded.Length : hostEnd;
        var host = decoded[(colon + 1)..hostEnd];
        var visible = string.Concat(host.Where(c => !IsIgnoredInHost(c)));
        if (visible.StartsWith("//%5B", StringComparison.OrdinalIgnoreCase) && visible.IndexOf("%5D", StringComparison.OrdinalIgnoreCase) is > 0 and var close)
        {
            visible = string.Concat("//[", visible.AsSpan(5, close - 5), "]", visible.AsSpan(close + 3));
        }

        return visible == host ? decoded : string.Concat(decoded.AsSpan(0, colon + 1), visible, decoded.AsSpan(hostEnd));
    }

    /// <summary>True for values that try to run a script where an address is expected.</summary>
    public static bool LooksEvil(string value)
        => value.Contains("javascript", StringComparison.OrdinalIgnoreCase) || value.Contains("vbscript", StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Ipv6 = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>True if the code point that ends at a position belongs to a word.</summary>
    private static bool IsWord(ReadOnlySpan<char> text, int at)
        => char.IsLetterOrDigit(text[at]) || text[at] == '_'
            || (at > 0 && Rune.TryCreate(text[at - 1], text[at], out var rune) && Rune.IsLetterOrDigit(rune));

    private static string Escape(string url)
    {
        if (url.AsSpan().IndexOfAny(EscapedInUrl) < 0)
        {
            return url;
        }

        var result = new StringBuilder(url.Length + 16);
        foreach (var c in url)
        {
            if (c == ' ')
            {
                result.Append('+');
            }
            else if (EscapedInUrl.Contains(c))
            {
                result.Append(CultureInfo.InvariantCulture, $"%{(int)c:X2}");
            }
            else
            {
                result.Append(c);
            }
        }

        return result.ToString();
    }

    /// <summary>Characters internationalised host names ignore (RFC 8264 §9.13): they would hide a host from block lists.</summary>
    private static bool IsIgnoredInHost(char c)
        => char.IsWhiteSpace(c) || c is '\u00AD' or '\u034F' or '\u061C' or '\u115F' or '\u1160' or '\u17B4' or '\u17B5' or '\u3164' or '\uFEFF' or '\uFFA0'
            or (>= '\u180B' and <= '\u180E') or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u206F')
            or (>= '\uFE00' and <= '\uFE0F') or (>= '\uFFF0' and <= '\uFFF8');
}
