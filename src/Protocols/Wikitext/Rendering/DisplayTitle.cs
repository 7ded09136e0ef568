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
        var plain = page.PlainText(halfParsed);
        if (page.Options.RestrictsDisplayTitle && !(PageTitle.TryParse(plain, page.Site, out var title) && title.Equals(page.Page) && title.Fragment.Length == 0))
        {
            page.Warn(PageWarningKind.DisplayTitle, plain);
            return null;
        }

        return HtmlWriter.WriteWithoutParagraph(page.Finish(halfParsed, hasBlocks: false));
    }
}
