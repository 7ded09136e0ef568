using System.Diagnostics.CodeAnalysis;

namespace Plenum.Wikitext.Site;

/// <summary>Pages that only send the reader to another page: <c>#REDIRECT [[Target]]</c>, in German <c>#WEITERLEITUNG</c> too.</summary>
public static class Redirect
{
    private const int MaxRedirectLength = 2048;

    /// <summary>Reads where a page's text leads. False if it is no redirect, or to a place no redirect may lead to.</summary>
    public static bool TryRead(string wikitext, IWikiSite site, [NotNullWhen(true)] out PageTitle? target)
    {
        target = null;
        var rest = wikitext.AsSpan().TrimStart();
        rest = rest[..Math.Min(rest.Length, MaxRedirectLength)];
        if (!TrySkipWord(ref rest, "#REDIRECT") && !(site.Language.StartsWith("de", StringComparison.Ordinal) && TrySkipWord(ref rest, "#WEITERLEITUNG")))
        {
            return false;
        }

        rest = rest.TrimStart();
        if (rest.StartsWith(":"))
        {
            rest = rest[1..].TrimStart();
        }

        if (!rest.StartsWith("[["))
        {
            return false;
        }

        rest = rest[2..];
        var end = rest.IndexOf("]]");
        if (end < 0)
        {
            return false;
        }

        var inner = rest[..end];
        if (inner.IndexOf('|') is >= 0 and var bar)
        {
            inner = inner[..bar];
        }

        if (inner.IndexOf('\n') >= 0)
        {
            return false;
        }

        var text = inner.TrimStart(':').ToString(); // A colon keeps links to categories and files from being put into effect.
        return PageTitle.TryParseLink(text, site, out target) && IsPlace(target, site) || (target = null) is not null;
    }

    private static bool TrySkipWord(ref ReadOnlySpan<char> text, string word)
    {
        if (!text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        text = text[word.Length..];
        return true;
    }

    private static bool IsPlace(PageTitle target, IWikiSite site)
        => !target.IsBareFragment && target.Namespace.Id != WikiNamespace.Media
            && (!target.IsExternal || (site.Interwikis.TryFind(target.Interwiki, out var other) && other.IsTrusted));
}
