namespace Plenum.Wikitext.Site;

/// <summary>A link prefix that leads to another wiki, or to this one under a second name.</summary>
/// <param name="Prefix">What stands before the colon, lower case.</param>
/// <param name="UrlPattern">Address with $1 where the encoded page name goes.</param>
public sealed record Interwiki(string Prefix, string UrlPattern)
{
    /// <summary>True if the prefix names this wiki itself: <c>[[prefix:Page]]</c> is then <c>[[Page]]</c>.</summary>
    public bool IsThisWiki { get; init; }

    /// <summary>True if the other wiki is as trusted as this one (MediaWiki's iw_local): redirects may lead there.</summary>
    public bool IsTrusted { get; init; }

    /// <summary>Language code if a bare link makes an entry in the list of languages instead of text; else null.</summary>
    public string? LanguageCode { get; init; }

    /// <summary>Name of that language in itself ("Deutsch"); null if this is no language link.</summary>
    public string? LanguageName { get; init; }

    /// <summary>The address of a page there.</summary>
    /// <param name="encodedPage">The page name, already percent-encoded.</param>
    public string UrlOf(string encodedPage) => UrlPattern.Replace("$1", encodedPage, StringComparison.Ordinal);
}
