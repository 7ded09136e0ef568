using System.Text;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Tree;

namespace Plenum.Wikitext.Rendering;

/// <summary>A heading's content as a table of contents shows it: no links, little decoration.</summary>
internal static class HeadingLine
{
    private static readonly string[] Kept = ["span", "sup", "sub", "bdi", "i", "b", "s", "strike", "q"];

    /// <summary>HTML and text of a heading's content.</summary>
    public static (string Html, string Text) Read(HtmlElement heading)
    {
        if (heading.FirstChild is HtmlText { Next: null } only && only.Text.AsSpan().IndexOfAny("&<>\u00A0") < 0)
        {
            var plain = only.Text.TrimWhite();
            return (plain, plain);
        }

        var line = Of(heading);
        return (HtmlWriter.Write(line).TrimWhite(), TextOf(line).TrimWhite());
    }

    /// <summary>A copy of the content with only the elements that may stay; of their attributes only a span's direction.</summary>
    private static HtmlElement Of(HtmlElement heading)
    {
        var line = new HtmlElement(ElementName.Root, HtmlElement.NoAttributes);
        Copy(heading, line);
        return line;
    }

    private static string TextOf(HtmlElement line)
    {
        var text = new StringBuilder();
        for (var node = HtmlElement.Following(line, line); node is not null; node = HtmlElement.Following(node, line))
        {
            if (node is HtmlText part)
            {
                text.Append(part.Text);
            }
        }

        return text.ToString();
    }

    private static void Copy(HtmlElement from, HtmlElement to)
    {
        for (var child = from.FirstChild; child is not null; child = child.Next)
        {
            if (child is HtmlText text)
            {
                to.AppendText(text.Text);
            }
            else if (child is HtmlElement element && !element.Name.Is(ElementTraits.RawText))
            {
                CopyElement(element, to);
            }
        }
    }

    private static void CopyElement(HtmlElement element, HtmlElement to)
    {
        if (Array.IndexOf(Kept, element.Name.Text) < 0)
        {
            Copy(element, to);
            return;
        }

        HtmlAttribute[] direction = element.Name == ElementName.Span && element["dir"] is "rtl" or "ltr" ? [new("dir", element["dir"]!)] : [];
        var copy = new HtmlElement(element.Name, direction);
        Copy(element, copy);
        if (copy.FirstChild is not null || element.Name != ElementName.Span)
        {
            to.Append(copy);
        }
    }
}
