using System.Buffers;
using Plenum.Wikitext.Parsing;
using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Tree;

namespace Plenum.Wikitext.Rendering;

/// <summary>
/// Writes a tree as HTML. The last gate: whatever made the tree, only elements, attributes and address schemes of the allow-list
/// come out; an element that is not allowed gives its content, a style element not even that.
/// </summary>
internal static class HtmlWriter
{
    public static string Write(HtmlElement root)
    {
        using var output = new TextBuffer(4096);
        WriteChildren(root, output);
        return output.ToString();
    }

    /// <summary>As <see cref="Write"/>; if all is one paragraph, only its content.</summary>
    public static string WriteWithoutParagraph(HtmlElement root)
    {
        var only = root.FirstChild;
        while (only is HtmlText { Text: var text } && string.IsNullOrWhiteSpace(text))
        {
            only = only.Next;
        }

        var after = only?.Next;
        while (after is HtmlText { Text: var text } && string.IsNullOrWhiteSpace(text))
        {
            after = after.Next;
        }

        var isParagraph = only is HtmlElement element && after is null && (element.Name == ElementName.P || element.Name == ElementName.ParagraphWrap)
            && element.Attributes.Length == 0;
        return isParagraph ? Write((HtmlElement)only!).TrimEnd('\n') : Write(root);
    }

    private static void WriteChildren(HtmlElement root, TextBuffer output)
    {
        var node = root.FirstChild;
        while (node is not null)
        {
            if (node is HtmlText text)
            {
                AppendText(text.Text, output);
            }
            else if (Open((HtmlElement)node, output) && node is HtmlElement { FirstChild: { } child })
            {
                node = child;
                continue;
            }

            // Up to the next place to go, closing what is left.
            while (true)
            {
                if (node is HtmlElement element)
                {
                    Close(element, output);
                }

                if (node.Next is { } next)
                {
                    node = next;
                    break;
                }

                node = node.Parent;
                if (node is null || node == root)
                {
                    return;
                }
            }
        }
    }

    /// <returns>False if the content is not written.</returns>
    private static bool Open(HtmlElement element, TextBuffer output)
    {
        var name = element.Name;
        if (name == ElementName.ParagraphWrap)
        {
            output.Append(IsShown(element) ? "<p>" : "");
            return true;
        }

        if (name.Is(ElementTraits.RawText))
        {
            return false;
        }

        if (AllowedTags.Find(name.Text) is not { } tag)
        {
            return true;
        }

        output.Append('<');
        output.Append(name.Text);
        var attributes = 0;
        foreach (var (attribute, value) in element.Attributes)
        {
            if (AllowedMarkup.IsAllowed(tag, attribute, value))
            {
                attributes++;
                output.Append(' ');
                output.Append(attribute);
                output.Append("=\"");
                AppendAttribute(value, output);
                output.Append('"');
            }
        }

        if (name.Is(ElementTraits.MarkedWhenEmpty) && attributes == 0 && IsBlank(element))
        {
            output.Append(" class=\"mw-empty-elt\"");
        }

        output.Append(name.Is(ElementTraits.Void) ? " />" : ">");
        if (name.Is(ElementTraits.DropsFirstNewline) && element.FirstChild is HtmlText { Text: ['\n', ..] })
        {
            output.Append('\n');
        }

        return true;
    }

    private static void Close(HtmlElement element, TextBuffer output)
    {
        var name = element.Name;
        if (name == ElementName.ParagraphWrap)
        {
            output.Append(IsShown(element) ? "</p>" : "");
        }
        else if (!name.Is(ElementTraits.Void | ElementTraits.RawText) && AllowedTags.Find(name.Text) is not null)
        {
            output.Append("</");
            output.Append(name.Text);
            output.Append('>');
        }
    }

    private static bool IsShown(HtmlElement wrapper) => wrapper.Wrap is { VisibleChildren: > 0 };

    private static bool IsBlank(HtmlElement element)
    {
        for (var child = element.FirstChild; child is not null; child = child.Next)
        {
            if (child is not HtmlText text || text.Text.AsSpan().IndexOfAnyExcept(" \t\n\f\r") >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static readonly SearchValues<char> TextSpecials = SearchValues.Create("&<>\u00A0");
    private static readonly SearchValues<char> AttributeSpecials = SearchValues.Create("&<>\"\u00A0\n\t\r");

    private static void AppendText(string text, TextBuffer output) => AppendEscaped(text, TextSpecials, output);

    private static void AppendAttribute(string value, TextBuffer output) => AppendEscaped(value, AttributeSpecials, output);

    private static void AppendEscaped(ReadOnlySpan<char> text, SearchValues<char> specials, TextBuffer output)
    {
        while (text.IndexOfAny(specials) is >= 0 and var at)
        {
            output.Append(text[..at]);
            output.Append(text[at] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\n' => "&#10;",
                '\t' => "&#9;",
                '\r' => "&#13;",
                _ => "&#160;",
            });
            text = text[(at + 1)..];
        }

        output.Append(text);
    }
}
