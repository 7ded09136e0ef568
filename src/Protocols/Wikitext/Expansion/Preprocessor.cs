using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Expansion;

/// <summary>
/// Stage one of wikitext: expands templates, template arguments and parser functions as MediaWiki does. Holds no state of its own,
/// so one instance serves any number of threads (as far as the site and the templates do).
/// </summary>
/// <param name="site">Facts of the wiki.</param>
/// <param name="templates">Text of included pages.</param>
/// <param name="limits">What one page may cost; null takes the defaults.</param>
public sealed class Preprocessor(IWikiSite site, ITemplateSource templates, WikitextLimits? limits = null)
{
    /// <summary>Expands a page's wikitext. Never throws for bad wikitext; time and memory are bounded by the limits.</summary>
    /// <param name="wikitext">The page's text; line ends may be LF or CRLF.</param>
    /// <param name="page">The page it belongs to: PAGENAME, subpage links, loop detection.</param>
    /// <param name="mode">What the result is for.</param>
    public ExpandedText Expand(string wikitext, PageTitle page, ExpansionMode mode = ExpansionMode.Render)
    {
        var expander = new Expander(site, templates, limits ?? WikitextLimits.Default, page, mode);
        return new ExpandedText(expander, expander.ExpandPage(wikitext));
    }
}
