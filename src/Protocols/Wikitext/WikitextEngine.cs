using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Parsing;
using Plenum.Wikitext.Rendering;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext;

/// <summary>
/// MediaWiki's wikitext to HTML. Expands templates, parses, and renders safe HTML, under limits; never throws for bad wikitext. One
/// instance serves any number of threads, as far as the site and the templates do.
/// </summary>
/// <param name="site">Facts of the wiki: namespaces, existing pages, files, addresses.</param>
/// <param name="templates">Text of included pages.</param>
/// <param name="limits">What one page may cost; null takes the defaults.</param>
public sealed class WikitextEngine(IWikiSite site, ITemplateSource templates, WikitextLimits? limits = null)
{
    private readonly Preprocessor _preprocessor = new(site, templates, limits);

    /// <summary>Renders a page.</summary>
    /// <param name="wikitext">The page's text.</param>
    /// <param name="page">The page it belongs to.</param>
    /// <param name="options">How it is shown; null takes the defaults.</param>
    public RenderedPage Render(string wikitext, PageTitle page, RenderOptions? options = null)
    {
        var rendered = Render(_preprocessor.Expand(wikitext, page), options);
        rendered.RedirectTarget = Redirect.TryRead(wikitext, site, out var target) ? target : null;
        return rendered;
    }

    /// <summary>Renders the summary of an edit: text, links and <c>/* section */</c>.</summary>
    /// <param name="summary">As the author wrote it.</param>
    /// <param name="page">The page that was edited.</param>
    /// <param name="isLocal">True if the summary is shown on that page, so that its sections are places there.</param>
    /// <returns>Safe HTML that fits into a line.</returns>
    public string RenderSummary(string summary, PageTitle page, bool isLocal = false, RenderOptions? options = null)
    {
        var parser = new PageParser(site, options ?? RenderOptions.Default, _preprocessor.Expand("", page));
        using var line = new EditSummary(parser, isLocal);
        return line.Render(summary.Replace(StripMarker.Delimiter, '?'));
    }

    /// <summary>Renders a page whose templates are expanded already.</summary>
    public RenderedPage Render(ExpandedText expanded, RenderOptions? options = null)
    {
        var parser = new PageParser(site, options ?? RenderOptions.Default, expanded);
        parser.PrepareFiles(expanded.Text);
        parser.Tags.RenderAll();
        using var parsed = new TextBuffer(expanded.Text.Length + (expanded.Text.Length / 4));
        parser.Parse(expanded.Text, parsed);
        if (parser.References.HasUnlisted)
        {
            parsed.Append('\n');
            parsed.Append(parser.References.ListRest());
        }

        using var marked = new TextBuffer(parsed.Length + 256);
        parser.Headings.Run(parsed.Text, marked, expanded);
        var tree = parser.Finish(marked.Text);
        var contents = new Contents(parser);
        contents.Apply(tree);
        var displayTitle = DisplayTitle.Read(parser);
        parser.Tracking.AddFrom(expanded);
        return new(tree, HtmlWriter.Write(tree), expanded, parser.Index)
        {
            Sections = contents.Sections,
            ShowsContents = contents.IsShown,
            DisplayTitleHtml = displayTitle,
            Warnings = [.. parser.Warnings],
            TrackingCategories = parser.Tracking.Found,
            ElementCount = parser.ElementCount,
        };
    }
}
