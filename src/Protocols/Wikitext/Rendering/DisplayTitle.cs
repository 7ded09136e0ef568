using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Parsing;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Rendering;

/// <summary>DISPLAYTITLE: another look for the page's title, as long as its letters still name the page.</summary>
internal static class DisplayTitle
{
    /// <returns>Safe HTML; null if none was given or it names another page.</returns>
    public static string? Read(PageParser page)
    {
        if (page.Expanded.DisplayTitle is not { Length: > 0 } wikitext)
        {
            return null;
        }

        var halfParsed = page.ParseInline(wikitext.TrimWhite());
        if (page.Options.RestrictsDisplayTitle && !(PageTitle.TryParse(page.PlainText(halfParsed), page.Site, out var title) && title.Equals(page.Page) && title.Fragment.Length == 0))
        {
            page.Warn(PageWarningKind.DisplayTitle, wikitext);
            return null;
        }

        return HtmlWriter.WriteWithoutParagraph(page.Finish(halfParsed, hasBlocks: false));
    }
}
