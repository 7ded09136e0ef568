using System.Text;
using Plenum.Wikitext.Tree;

namespace Plenum.Wikitext.Reading;

/// <summary>Reads the words of a rendered page, for a search index.</summary>
internal static class PlainTextReader
{
    private const ElementTraits Blocks = ElementTraits.ClosesParagraph | ElementTraits.TablePart;

    /// <summary>Text in order, blocks and line breaks on lines of their own, cells parted by tabs; no table of contents, edit links or reference marks.</summary>
    public static string Read(HtmlElement root)
    {
        var result = new StringBuilder();
        for (var node = root.FirstChild; node is not null;)
        {
            if (node is HtmlText text)
            {
                Append(text.Text, result);
            }
            else if (node is HtmlElement element)
            {
                if (IsLeftOut(element))
                {
                    node = Leave(node, root, result);
                    continue;
                }

                Break(element.Name, result);
            }

            node = node is HtmlElement { FirstChild: { } child } ? child : Leave(node, root, result);
        }

        return result.ToString().Trim();
    }

    /// <summary>Goes to the next node after this one and its content; ends the lines of the blocks that are left.</summary>
    private static HtmlNode? Leave(HtmlNode node, HtmlElement root, StringBuilder result)
    {
        for (var at = node; at is not null && at != root; at = at.Parent)
        {
            if (at is HtmlElement element)
            {
                Break(element.Name, result);
            }

            if (at.Next is { } next)
            {
                return next;
            }
        }

        return null;
    }

    private static bool IsLeftOut(HtmlElement element)
        => element.Name.Is(ElementTraits.RawText)
            || (element["class"] is { } classes && (classes is "toc" or "reference" or "mw-editsection" || classes.Contains("mw-cite-backlink", StringComparison.Ordinal)));

    private static void Break(ElementName name, StringBuilder result)
    {
        if (name == ElementName.Td || name == ElementName.Th)
        {
            if (result.Length > 0 && result[^1] is not ('\n' or '\t'))
            {
                result.Append('\t');
            }
        }
        else if ((name.Is(Blocks) || name == ElementName.Br || name == ElementName.ParagraphWrap) && result.Length > 0 && result[^1] != '\n')
        {
            while (result.Length > 0 && result[^1] is ' ' or '\t')
            {
                result.Length--;
            }

            result.Append('\n');
        }
    }

    private static void Append(string text, StringBuilder result)
    {
        foreach (var c in text)
        {
            if (c is ' ' or '\n' or '\t' or '\r')
            {
                if (result.Length > 0 && result[^1] is not (' ' or '\n' or '\t'))
                {
                    result.Append(' ');
                }
            }
            else
            {
                result.Append(c);
            }
        }
    }
}
