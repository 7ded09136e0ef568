namespace Plenum.Wikitext.Site;

/// <summary>Extension tags a wiki is expected to know.</summary>
public static class WikiTags
{
    /// <summary>The tags of MediaWiki's core and of the extensions nearly every wiki has.</summary>
    public static IReadOnlyCollection<string> Standard { get; } =
    [
        "nowiki", "pre", "gallery", "indicator", "langconvert",
        "ref", "references", "syntaxhighlight", "source", "poem", "math", "chem", "ce",
        "templatedata", "templatestyles", "categorytree", "imagemap", "inputbox", "section", "timeline", "score", "hiero",
    ];
}
