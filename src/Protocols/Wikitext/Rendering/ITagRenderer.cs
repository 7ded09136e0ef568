namespace Plenum.Wikitext.Rendering;

/// <summary>Shows an extension tag, e.g. <c>&lt;poll>...&lt;/poll></c>.</summary>
public interface ITagRenderer
{
    /// <summary>Renders the tag. The result is cleaned like all else: what is not allowed in a page is left out.</summary>
    /// <param name="tag">Name, attributes and content of the tag.</param>
    /// <param name="page">Parses wikitext inside the tag.</param>
    TagOutput Render(TagInput tag, ITagContext page);
}

/// <summary>A tag as written.</summary>
/// <param name="Attributes">Names in lower case; of equal names the last.</param>
/// <param name="Content">Raw wikitext; null for <c>&lt;tag/></c>.</param>
public sealed record TagInput(string Name, IReadOnlyList<KeyValuePair<string, string>> Attributes, string? Content)
{
    /// <summary>Value of an attribute, or null.</summary>
    public string? this[string attribute] => Attributes.LastOrDefault(a => a.Key == attribute) is { Key: not null } found ? found.Value : null;
}

/// <summary>What a tag becomes.</summary>
/// <param name="Html">HTML; text in it must be escaped.</param>
/// <param name="IsBlockContent">False (the default) lets paragraphs and lists be made of it together with what stands around; true keeps it as it is.</param>
public readonly record struct TagOutput(string Html, bool IsBlockContent = false);

/// <summary>What a tag's renderer may use of the page.</summary>
public interface ITagContext
{
    Site.IWikiSite Site { get; }

    /// <summary>The page that is shown.</summary>
    Site.PageTitle Page { get; }

    /// <summary>Parses wikitext up to links and quotes; paragraphs and lists are made later, with what stands around the tag.</summary>
    string ParseInline(string wikitext);
}
