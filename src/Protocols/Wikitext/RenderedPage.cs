using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Reading;
using Plenum.Wikitext.Rendering;
using Plenum.Wikitext.Site;
using Plenum.Wikitext.Tree;

namespace Plenum.Wikitext;

/// <summary>A page ready to be shown, and what the indexes want to know of it.</summary>
public sealed class RenderedPage
{
    private readonly HtmlElement _tree;

    internal RenderedPage(HtmlElement tree, string html, ExpandedText expanded, PageIndex index)
    {
        _tree = tree;
        Html = html;
        Categories = index.Categories;
        Links = index.Links;
        Files = index.Files;
        ExternalLinks = index.ExternalLinks;
        LanguageLinks = index.LanguageLinks;
        InterwikiLinks = index.InterwikiLinks;
        Indicators = index.Indicators;
        Templates = expanded.Templates;
        AskedPages = expanded.AskedPages;
        Switches = expanded.Switches;
        DefaultSort = expanded.DefaultSort;
        DependsOnTime = expanded.DependsOnTime;
        DependsOnStatistics = expanded.DependsOnStatistics;
        Problems = expanded.Problems;
        Limits = expanded.Limits;
    }

    /// <summary>The page's body: safe HTML, only elements, attributes and address schemes of the allow-list.</summary>
    public string Html { get; }

    /// <summary>The headings in their order; empty if there are none. Whether a table of contents is part of <see cref="Html"/> says <see cref="ShowsContents"/>.</summary>
    public IReadOnlyList<PageSection> Sections { get; internal init; } = [];

    public bool ShowsContents { get; internal init; }

    /// <summary>The title as the page wants it shown (DISPLAYTITLE), safe HTML; null if it is shown as it is.</summary>
    public string? DisplayTitleHtml { get; internal init; }

    /// <summary>Categories with the sort key given for each; empty means <see cref="DefaultSort"/> or the title.</summary>
    public IReadOnlyList<PageCategory> Categories { get; }

    /// <summary>Categories the renderer itself puts the page into, for the editors' care: members of them like of those in <see cref="Categories"/>.</summary>
    public IReadOnlyList<TrackingCategory> TrackingCategories { get; internal init; } = [];

    /// <summary>Pages of this wiki that are linked to.</summary>
    public IReadOnlyList<PageLink> Links { get; }

    /// <summary>Files shown or linked to.</summary>
    public IReadOnlyList<PageLink> Files { get; }

    /// <summary>Addresses of other hosts, each once.</summary>
    public IReadOnlyList<string> ExternalLinks { get; }

    /// <summary>The same page in other languages, one for each.</summary>
    public IReadOnlyList<PageTitle> LanguageLinks { get; }

    /// <summary>Pages of other wikis linked to in the text.</summary>
    public IReadOnlyList<PageTitle> InterwikiLinks { get; }

    /// <summary>Small marks beside the title (indicator tags).</summary>
    public IReadOnlyList<PageIndicator> Indicators { get; }

    /// <summary>Pages included.</summary>
    public IReadOnlyCollection<TemplateUse> Templates { get; }

    /// <summary>Titles whose existence the text depends on beside those linked to.</summary>
    public IReadOnlyCollection<PageTitle> AskedPages { get; }

    /// <summary>Words such as __NOTOC__ that were found.</summary>
    public BehaviourSwitches Switches { get; }

    /// <summary>Sort key for all categories (DEFAULTSORT); null if none was given.</summary>
    public string? DefaultSort { get; }

    /// <summary>Where the page leads if it is a redirect; else null.</summary>
    public PageTitle? RedirectTarget { get; internal set; }

    /// <summary>True if the text depends on the moment: cache it shortly.</summary>
    public bool DependsOnTime { get; }

    /// <summary>True if the text depends on counts of the wiki.</summary>
    public bool DependsOnStatistics { get; }

    /// <summary>What went wrong while templates were expanded.</summary>
    public IReadOnlyList<ExpansionProblem> Problems { get; }

    /// <summary>What went wrong while the page was parsed, for the person who edits it.</summary>
    public IReadOnlyList<PageWarning> Warnings { get; internal init; } = [];

    /// <summary>What the page has cost.</summary>
    public LimitReport Limits { get; }

    /// <summary>Elements in the tree: what the cost of a page grows with.</summary>
    public int ElementCount { get; internal init; }

    /// <summary>The page's words for a search index: no markup, no table of contents, no edit links, blocks on lines of their own.</summary>
    public string ToPlainText() => PlainTextReader.Read(_tree);
}

/// <summary>A heading.</summary>
/// <param name="Level">1 to 6.</param>
/// <param name="ContentsLevel">Depth in the table of contents, from 1.</param>
/// <param name="Number">"2.1"</param>
/// <param name="Anchor">Id of the heading.</param>
/// <param name="Html">The heading's text with what decoration a table of contents may have, safe HTML.</param>
/// <param name="Text">The heading's text.</param>
public sealed record PageSection(int Level, int ContentsLevel, string Number, string Anchor, string Html, string Text)
{
    /// <summary>What follows "#" in an address of the section.</summary>
    public string LinkAnchor { get; init; } = "";

    /// <summary>The page whose text holds the heading; null for a heading that cannot be edited on its own.</summary>
    public PageTitle? Page { get; init; }

    /// <summary>Number for editing the section: "3", in templates "T-3"; empty if it cannot be edited on its own.</summary>
    public string Index { get; init; } = "";
}

/// <summary>A category a page is in.</summary>
public readonly record struct PageCategory(PageTitle Title, string SortKey);

/// <summary>A category of pages that need care.</summary>
/// <param name="Key">What is found in them, as MediaWiki calls it: "broken-file-category".</param>
/// <param name="Title">The category's name in this wiki.</param>
public readonly record struct TrackingCategory(string Key, PageTitle Title);

/// <summary>A page or file that is linked to.</summary>
/// <param name="Exists">False if it is missing.</param>
public readonly record struct PageLink(PageTitle Title, bool Exists);

/// <summary>A mark beside the title.</summary>
public readonly record struct PageIndicator(string Name, string Html);

/// <summary>Something the person who edits the page should know.</summary>
public readonly record struct PageWarning(PageWarningKind Kind, string Detail);

/// <summary>What a warning is about.</summary>
public enum PageWarningKind
{
    /// <summary>The page made more elements, or deeper ones, than a page may have.</summary>
    TooLarge,

    /// <summary>Tags within tags went too deep.</summary>
    TagsTooDeep,

    /// <summary>A reference is wrong; the detail says how.</summary>
    Reference,

    /// <summary>DISPLAYTITLE names another page.</summary>
    DisplayTitle,
}
