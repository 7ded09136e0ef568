using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Plenum.Wikitext.Site;

/// <summary>MediaWiki's rules for page names, one step per rule.</summary>
internal static class TitleReader
{
    /// <summary>A name of 255 octets written with references and escapes is at most this long; longer text names nothing.</summary>
    private const int MaxTextLength = 16 * 1024;

    private static readonly SearchValues<char> s_illegal = SearchValues.Create(
        "#<>[]|{}\u007F\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000A\u000B\u000C\u000D\u000E\u000F"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F");

    public static bool TryRead(string? text, IWikiSite site, WikiNamespace defaultNamespace, [NotNullWhen(true)] out PageTitle? title)
    {
        title = null;
        return text is { Length: <= MaxTextLength } && TryReadDecoded(CharacterReferences.Decode(text), site, defaultNamespace, out title);
    }

    /// <summary>As <see cref="TryRead"/> for the main namespace, without decoding references.</summary>
    public static bool TryReadPlain(string text, IWikiSite site, [NotNullWhen(true)] out PageTitle? title)
    {
        title = null;
        return text.Length <= MaxTextLength && TryReadDecoded(text, site, site.Namespaces.Main, out title);
    }

    private static bool TryReadDecoded(string text, IWikiSite site, WikiNamespace defaultNamespace, [NotNullWhen(true)] out PageTitle? title)
    {
        title = null;
        var rest = Squeeze(Normalise(text));
        if (rest.Contains('\uFFFD'))
        {
            return false; // Text that was no UTF-8.
        }

        var space = defaultNamespace;
        if (rest.StartsWith(':'))
        {
            space = site.Namespaces.Main;
            rest = rest[1..].Trim(' ');
        }

        if (rest.Length == 0 || !TrySplitPrefixes(ref rest, ref space, out var interwiki, site, defaultNamespace, out var isMainPage))
        {
            return false;
        }

        if (isMainPage)
        {
            title = site.MainPage;
            return true;
        }

        var fragment = "";
        if (rest.IndexOf('#') is >= 0 and var hash)
        {
            fragment = rest[(hash + 1)..];
            rest = rest[..hash].TrimEnd(' ');
        }

        if (!IsLegal(rest, space, interwiki.Length > 0))
        {
            return false;
        }

        if (interwiki.Length == 0 && !space.IsCaseSensitive)
        {
            rest = FullCase.UpperFirst(rest);
        }

        title = new(space, rest, fragment, interwiki);
        return true;
    }

    /// <summary>Unicode NFC; text with a lone surrogate or U+FFFE, which Normalize refuses, becomes a name no page can have.</summary>
    private static string Normalise(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || rune.Value == 0xFFFE)
            {
                return "\uFFFD";
            }
        }

        return text.Normalize();
    }

    /// <summary>Drops marks of direction; runs of blanks and underscores become one blank; none at the ends.</summary>
    private static string Squeeze(string text)
    {
        var result = new StringBuilder(text.Length);
        var pending = false;
        foreach (var c in text)
        {
            if (c is '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E'))
            {
                continue;
            }

            if (IsBlank(c))
            {
                pending = result.Length > 0;
                continue;
            }

            if (pending)
            {
                result.Append(' ');
                pending = false;
            }

            result.Append(c);
        }

        return result.ToString();
    }

    private static bool IsBlank(char c)
        => c is ' ' or '_' or '\u00A0' or '\u1680' or '\u180E' or (>= '\u2000' and <= '\u200A') or '\u2028' or '\u2029' or '\u202F' or '\u205F' or '\u3000';

    /// <summary>Takes namespace and interwiki prefixes off <paramref name="rest"/>.</summary>
    private static bool TrySplitPrefixes(
        ref string rest, ref WikiNamespace space, out string interwiki, IWikiSite site, WikiNamespace defaultNamespace, out bool isMainPage)
    {
        interwiki = "";
        isMainPage = false;
        while (TrySplit(rest, out var prefix, out var tail))
        {
            if (prefix.Length > 0 && site.Namespaces.TryFind(prefix, out var named))
            {
                space = named;
                rest = tail;
                return named.Id != WikiNamespace.Talk || !StartsWithPrefix(tail, site);
            }

            if (!site.Interwikis.TryFind(prefix, out var found))
            {
                return true; // The colon belongs to the name.
            }

            rest = tail;
            if (!found.IsThisWiki)
            {
                interwiki = found.Prefix.ToLowerInvariant();
                if (rest.StartsWith(':'))
                {
                    space = site.Namespaces.Main;
                    rest = rest[1..].Trim(' ');
                }

                space = site.Namespaces.Main;
                return true;
            }

            if (rest.Length == 0)
            {
                isMainPage = true;
                return true;
            }

            space = defaultNamespace;
        }

        return true;
    }

    /// <summary>"Talk:File:x" would be ambiguous, so no page has such a name.</summary>
    private static bool StartsWithPrefix(string text, IWikiSite site)
        => TrySplit(text, out var prefix, out _)
            && ((prefix.Length > 0 && site.Namespaces.TryFind(prefix, out _)) || site.Interwikis.TryFind(prefix, out _));

    private static bool TrySplit(string text, out string prefix, out string tail)
    {
        var colon = text.IndexOf(':', Math.Min(1, text.Length));
        prefix = colon < 0 ? "" : text[..colon].TrimEnd(' ');
        tail = colon < 0 ? "" : text[(colon + 1)..].TrimStart(' ');
        return colon >= 0;
    }

    private static bool IsLegal(string text, WikiNamespace space, bool isExternal)
    {
        if (text.AsSpan().IndexOfAny(s_illegal) >= 0 || HasEscapeOrReference(text) || HasDotSegment(text) || text.Contains("~~~", StringComparison.Ordinal))
        {
            return false;
        }

        var maxBytes = space.Id == WikiNamespace.Special ? PageTitle.MaxSpecialBytes : PageTitle.MaxBytes;
        if (Encoding.UTF8.GetByteCount(text) > maxBytes || text.StartsWith(':'))
        {
            return false;
        }

        return text.Length > 0 || isExternal || space.Id == WikiNamespace.Main;
    }

    private static bool HasDotSegment(string text)
        => text.Contains('.') && (text is "." or ".."
            || text.StartsWith("./", StringComparison.Ordinal) || text.StartsWith("../", StringComparison.Ordinal)
            || text.Contains("/./", StringComparison.Ordinal) || text.Contains("/../", StringComparison.Ordinal)
            || text.EndsWith("/.", StringComparison.Ordinal) || text.EndsWith("/..", StringComparison.Ordinal));

    /// <summary>What would read differently in an address or in HTML: <c>%41</c>, <c>&amp;word;</c>, <c>&amp;#1;</c>.</summary>
    private static bool HasEscapeOrReference(string text)
    {
        for (var at = text.AsSpan().IndexOfAny('%', '&'); at >= 0 && at < text.Length; at++)
        {
            if (text[at] == '%' && at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
            {
                return true;
            }

            if (text[at] == '&' && IsReference(text.AsSpan(at + 1)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsReference(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("#"))
        {
            text = text[1..];
            if (text.StartsWith("x"))
            {
                var hex = text[1..].IndexOfAnyExcept(s_hex);
                return hex > 0 && text[1 + hex] == ';';
            }

            var digits = text.IndexOfAnyExceptInRange('0', '9');
            return digits > 0 && text[digits] == ';';
        }

        var length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit(text[length]) || text[length] >= '\u0080'))
        {
            length++;
        }

        return length > 0 && length < text.Length && text[length] == ';';
    }

    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdefABCDEF");
}
