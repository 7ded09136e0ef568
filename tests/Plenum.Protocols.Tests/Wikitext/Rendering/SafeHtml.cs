using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Plenum.Protocols.Tests.Wikitext.Rendering;

/// <summary>Finds what a rendered page must never hold, with a list of its own: elements, attributes, address schemes.</summary>
public static class SafeHtml
{
    private static readonly HashSet<string> Elements =
    [
        "a", "abbr", "aside", "audio", "b", "bdi", "bdo", "big", "blockquote", "br", "caption", "center", "cite", "code", "data", "dd", "del", "dfn", "div",
        "dl", "dt", "em", "figcaption", "figure", "font", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins", "kbd", "li", "link", "mark", "meta", "ol",
        "p", "pre", "q", "rb", "rp", "rt", "rtc", "ruby", "s", "samp", "small", "source", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td",
        "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "video", "wbr",
    ];

    private static readonly string[] Schemes =
    [
        "http:", "https:", "ftp:", "ftps:", "mailto:", "news:", "irc:", "ircs:", "gopher:", "telnet:", "nntp:", "worldwind:", "svn:", "git:", "mms:", "tel:",
        "sms:", "xmpp:", "sip:", "sips:", "magnet:", "geo:", "urn:", "bitcoin:", "ssh:", "sftp:", "redis:", "matrix:",
    ];

    private static readonly string[] Addresses = ["href", "src", "poster", "cite", "srcset", "action", "formaction", "data", "background", "xlink:href"];

    /// <summary>The first thing that is wrong, or null.</summary>
    public static string? FindProblem(string html)
    {
        var body = new HtmlParser().ParseDocument("<!DOCTYPE html><html><head></head><body></body></html>").Body!;
        body.InnerHtml = html;
        foreach (var element in body.QuerySelectorAll("*"))
        {
            if (!Elements.Contains(element.LocalName))
            {
                return $"element {element.LocalName}";
            }

            if (element.Attributes.Select(a => Check(element, a)).FirstOrDefault(p => p is not null) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private static string? Check(IElement element, IAttr attribute)
    {
        var name = attribute.Name;
        if (name.StartsWith("on", StringComparison.Ordinal) || name is "srcdoc" or "http-equiv" or "formaction" or "action")
        {
            return $"attribute {name} of {element.LocalName}";
        }

        if (Array.IndexOf(Addresses, name) >= 0 && !IsSafe(attribute.Value))
        {
            return $"address {attribute.Value} in {name} of {element.LocalName}";
        }

        if (element.LocalName is "meta" or "link" && element.GetAttribute("itemprop") is null)
        {
            return $"{element.LocalName} outside microdata";
        }

        return name == "style" && (attribute.Value.Contains("url(", StringComparison.OrdinalIgnoreCase)
            || attribute.Value.Contains("expression", StringComparison.OrdinalIgnoreCase)) ? $"style {attribute.Value}" : null;
    }

    /// <summary>As a browser reads it: controls and blanks at the start, tabs and line feeds anywhere do not count.</summary>
    private static bool IsSafe(string value)
    {
        var read = string.Concat(value.Where(c => c is not ('\t' or '\n' or '\r'))).TrimStart('\0', '\u0001', '\u0002', ' ', '\u000B', '\u000C', '\u001F');
        var colon = read.IndexOf(':', StringComparison.Ordinal);
        var end = read.IndexOfAny(['/', '?', '#']);
        return colon < 0 || (end >= 0 && end < colon) || Array.Exists(Schemes, s => read.StartsWith(s, StringComparison.OrdinalIgnoreCase));
    }
}
