using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Plenum.Protocols.Tests.Wikitext.ParserTests;

namespace Plenum.Interop.Tests.Wikitext;

/// <summary>
/// HTML of either side in one form: what MediaWiki 1.39 writes otherwise than the later versions that ours follows, and where thumbnails of
/// a picture lie, which each wiki decides, is made equal. All else must be equal.
/// </summary>
internal static class OracleHtml
{
    public static string Normalise(string html)
    {
        var body = new HtmlParser().ParseDocument("<!DOCTYPE html><html><head></head><body></body></html>").Body!;
        body.InnerHtml = html;
        foreach (var headline in body.QuerySelectorAll("span.mw-headline").ToArray())
        {
            // <h2><span class="mw-headline" id="A"> is now <div class="mw-heading mw-heading2"><h2 id="A">.
            if (headline.ParentElement is { } heading)
            {
                if (heading.Id is { Length: > 0 })
                {
                    heading.QuerySelector("span:empty")?.Remove(); // The other style's anchor is now that of the author's own one.
                }
                else
                {
                    heading.Id = headline.Id;
                }
            }

            // The end tag of the span split an element left open.
            while (headline.NextSibling is IElement { HasChildNodes: false } split)
            {
                split.Remove();
            }

            Unwrap(headline);
        }

        foreach (var wrapper in body.QuerySelectorAll("div.mw-heading").ToArray())
        {
            Unwrap(wrapper);
        }

        foreach (var heading in body.QuerySelectorAll(".mw-html-heading"))
        {
            RemoveClass(heading, "mw-html-heading");
        }

        NormaliseMedia(body);
        NormaliseReferences(body);
        return NormalTree.Of(body.InnerHtml);
    }

    /// <summary>Later versions call files "File" and mark the element that shows one; where thumbnails lie is each wiki's own.</summary>
    private static void NormaliseMedia(IElement body)
    {
        foreach (var media in body.QuerySelectorAll("[typeof]"))
        {
            media.SetAttribute("typeof", media.GetAttribute("typeof")!.Replace("mw:Image", "mw:File", StringComparison.Ordinal));
        }

        foreach (var shown in body.QuerySelectorAll(".mw-file-element"))
        {
            RemoveClass(shown, "mw-file-element");
        }

        foreach (var picture in body.QuerySelectorAll("img"))
        {
            foreach (var name in (string[])["src", "srcset", "decoding"])
            {
                picture.RemoveAttribute(name);
            }

            if (picture.GetAttribute("alt") is "" or OracleWiki.Picture)
            {
                picture.RemoveAttribute("alt");
            }
        }

        foreach (var missing in body.QuerySelectorAll(".mw-broken-media"))
        {
            missing.TextContent = "";
            foreach (var name in (string[])["class", "href", "title"])
            {
                missing.ParentElement!.RemoveAttribute(name);
            }
        }
    }

    /// <summary>Later versions of Cite wrap brackets, name links back by letters and say errors in other words.</summary>
    private static void NormaliseReferences(IElement body)
    {
        foreach (var bracket in body.QuerySelectorAll("span.cite-bracket").ToArray())
        {
            Unwrap(bracket);
        }

        foreach (var bracket in body.QuerySelectorAll(".toctext sup > span").ToArray())
        {
            Unwrap(bracket);
        }

        foreach (var link in body.QuerySelectorAll(".mw-cite-backlink a"))
        {
            link.RemoveAttribute("aria-label");
            link.TextContent = "";
        }

        foreach (var error in body.QuerySelectorAll(".mw-ext-cite-error").ToArray())
        {
            var place = error.ParentElement is { ClassName: "reference-text" } text ? text : error;
            place.OuterHtml = "<i>cite error</i>";
        }
    }

    private static void RemoveClass(IElement element, string name)
    {
        element.ClassList.Remove(name);
        if (element.ClassList.Length == 0)
        {
            element.RemoveAttribute("class");
        }
    }

    private static void Unwrap(IElement element) => element.Replace([.. element.ChildNodes]);
}
