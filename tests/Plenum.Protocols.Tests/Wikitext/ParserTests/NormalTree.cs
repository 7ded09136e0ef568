using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Plenum.Protocols.Tests.Wikitext.ParserTests;

/// <summary>
/// HTML as a text that is equal for equal trees: attributes in order, classes as a set, no white space next to blocks, none of the
/// controls that a skin adds (edit links, the switch of the table of contents).
/// </summary>
public static class NormalTree
{
    private static readonly HashSet<string> Blocks =
    [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4",
        "h5", "h6", "hr", "li", "meta", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    ];

    public static string Of(string html)
    {
        var document = new HtmlParser().ParseDocument("<!DOCTYPE html><html><head></head><body></body></html>");
        var body = document.Body!;
        body.InnerHtml = html;
        foreach (var control in body.QuerySelectorAll("span.mw-editsection, mw\\:editsection, input.toctogglecheckbox, span.toctogglespan").ToArray())
        {
            control.Remove();
        }

        var result = new StringBuilder();
        Write(body, result, isPreformatted: false);
        return result.ToString();
    }

    private static void Write(INode parent, StringBuilder result, bool isPreformatted)
    {
        foreach (var child in Merged(parent))
        {
            switch (child)
            {
                case string text:
                    result.Append(text.Replace("\u00A0", "&nbsp;", StringComparison.Ordinal));
                    break;
                case IElement element:
                    WriteElement(element, result, isPreformatted);
                    break;
            }
        }

        // White space at the edges of blocks is dropped here, where the neighbours are known.
        List<object> Merged(INode node)
        {
            List<object> items = [];
            foreach (var item in node.ChildNodes)
            {
                if (item is IText text)
                {
                    if (items.Count > 0 && items[^1] is string before)
                    {
                        items[^1] = before + text.Data;
                    }
                    else
                    {
                        items.Add(text.Data);
                    }
                }
                else if (item is IElement)
                {
                    items.Add(item);
                }
            }

            if (isPreformatted)
            {
                return items;
            }

            var parentIsBlock = node is IElement owner && Blocks.Contains(owner.LocalName);
            for (var i = 0; i < items.Count; i++)
            {
                if (items[i] is string text)
                {
                    text = (i == 0 ? parentIsBlock : IsBlock(items[i - 1])) ? text.TrimStart(' ', '\n', '\t') : text;
                    text = (i == items.Count - 1 ? parentIsBlock : IsBlock(items[i + 1])) ? text.TrimEnd(' ', '\n', '\t') : text;
                    items[i] = text;
                }
            }

            return items;
        }
    }

    private static bool IsBlock(object item) => item is IElement element && Blocks.Contains(element.LocalName);

    private static void WriteElement(IElement element, StringBuilder result, bool isPreformatted)
    {
        var isBlock = Blocks.Contains(element.LocalName);
        result.Append(isBlock ? "\n" : "").Append('<').Append(element.LocalName);
        foreach (var attribute in element.Attributes.OrderBy(a => a.Name, StringComparer.Ordinal))
        {
            result.Append(' ').Append(attribute.Name).Append("=\"").Append(Value(attribute)).Append('"');
        }

        result.Append('>');
        Write(element, result, isPreformatted || element.LocalName == "pre");
        result.Append("</").Append(element.LocalName).Append('>').Append(isBlock ? "\n" : "");
    }

    private static string Value(IAttr attribute) => attribute.Name switch
    {
        "class" => string.Join(' ', attribute.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Distinct().Order(StringComparer.Ordinal)),
        "style" => string.Join(';', attribute.Value.Split(';').Select(s => s.Trim()).Where(s => s.Length > 0)),
        _ => attribute.Value,
    };
}
