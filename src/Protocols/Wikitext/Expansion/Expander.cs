using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Expansion;

/// <summary>One expansion of one page: the state that templates, functions and tags share.</summary>
internal sealed class Expander(IWikiSite site, ITemplateSource templates, WikitextLimits limits, PageTitle page, ExpansionMode mode)
{
    public PageTitle Page => page;

    public ExpansionMode Mode => mode;

    public ITemplateSource Templates => templates;

    public StripState Strips { get; } = new();

    public Collected Collected { get; } = new();

    public Budget Budget { get; } = new(limits, site.Clock);

    public string ExpandPage(string wikitext)
    {
        Collected.AddAsked(page);
        return Clean(wikitext);
    }

    public string ExpandInner(string wikitext, ExpansionFrame? frame)
    {
        _ = frame;
        _ = Budget;
        return wikitext;
    }

    /// <summary>Line ends become LF, NUL vanishes, the delimiter of markers becomes "?".</summary>
    private static string Clean(string wikitext)
        => wikitext.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\0", "", StringComparison.Ordinal).Replace(StripMarker.Delimiter, '?');
}
