using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Expansion;

/// <summary>Gives the wikitext of pages that other pages include. Shows only what the audience of the including page may read.</summary>
public interface ITemplateSource
{
    /// <summary>The page's current text, redirects not followed; null if there is no such page (or it must not be shown).</summary>
    string? FindText(PageTitle title);
}
