using Plenum.Wikitext.Rendering;
using Plenum.Wikitext.Sanitizing;

namespace Plenum.Wikitext;

/// <summary>How pages are shown. The defaults suit a public wiki; a figure that differs from MediaWiki's says so.</summary>
public sealed record RenderOptions
{
    public static RenderOptions Default { get; } = new();

    /// <summary>Language of the few words the renderer adds ("Contents", "page does not exist"); null takes the wiki's.</summary>
    public string? Language { get; init; }

    /// <summary>How headings and ids become anchors.</summary>
    public AnchorStyle Anchors { get; init; } = AnchorStyle.Html5;

    /// <summary>A second anchor at each heading whose first one differs from it, so that old links go on working; null for none.</summary>
    public AnchorStyle? FallbackAnchors { get; init; }

    /// <summary>True if pages with four headings or more get a table of contents before the first one.</summary>
    public bool HasContents { get; init; } = true;

    /// <summary>Headings deeper than this are not in the table of contents.</summary>
    public int MaxContentsLevel { get; init; } = 999;

    /// <summary>Address of the editor of a section; null adds no edit links. Gets the page that holds the section and its number ("T-2" in templates).</summary>
    public Func<Site.PageTitle, string, string>? SectionEditUrl { get; init; }

    /// <summary>True if DISPLAYTITLE may only decorate the title, not replace it.</summary>
    public bool RestrictsDisplayTitle { get; init; } = true;

    /// <summary>Width in pixels of thumbnails that state no size.</summary>
    public int ThumbnailWidth { get; init; } = 220;

    /// <summary>True if pictures also name one of twice the size for dense screens.</summary>
    public bool HasDensePictures { get; init; } = true;

    /// <summary>True if addresses of pictures elsewhere are shown as pictures. Off: readers' addresses are not given to strangers.</summary>
    public bool AllowsExternalImages { get; init; }

    /// <summary>Words with numbers that become links (MediaWiki's old habit).</summary>
    public MagicLinkKinds MagicLinks { get; init; } = MagicLinkKinds.None;

    /// <summary>True if links such as <c>[[en:Page]]</c> go to the list of languages instead of the text.</summary>
    public bool HasLanguageLinks { get; init; } = true;

    /// <summary>True if links to other hosts carry rel="nofollow".</summary>
    public bool HasNoFollow { get; init; } = true;

    /// <summary>Hosts, with all hosts below them, whose links do not.</summary>
    public IReadOnlyList<string> FollowedDomains { get; init; } = [];

    /// <summary>Value of the target attribute of links to other hosts, e.g. "_blank"; null for none.</summary>
    public string? ExternalLinkTarget { get; init; }

    /// <summary>Names of files that are shown as a link only ("Bad image list").</summary>
    public IReadOnlySet<string> HiddenFiles { get; init; } = new HashSet<string>();

    /// <summary>Colours program text inside syntaxhighlight tags; null shows it plain.</summary>
    public ICodeHighlighter? Highlighter { get; init; }

    /// <summary>Further tags by name, beside those of this library.</summary>
    public IReadOnlyDictionary<string, ITagRenderer> Tags { get; init; } = new Dictionary<string, ITagRenderer>();
}
