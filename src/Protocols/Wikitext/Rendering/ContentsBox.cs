using System.Globalization;
using Plenum.Wikitext.Tree;

namespace Plenum.Wikitext.Rendering;

/// <summary>The table of contents as nested lists.</summary>
internal static class ContentsBox
{
    public static HtmlElement Make(IReadOnlyList<PageSection> sections, string title, string language)
    {
        var box = new HtmlElement(
            ElementName.Div, [new("id", "toc"), new("class", "toc"), new("role", "navigation"), new("aria-labelledby", "mw-toc-heading")]);
        var caption = new HtmlElement(ElementName.Div, [new("class", "toctitle"), new("lang", language), new("dir", "ltr")]);
        var heading = new HtmlElement(ElementName.H2, [new("id", "mw-toc-heading")]);
        heading.AppendText(title);
        caption.Append(heading);
        box.Append(caption);
        box.AppendText("\n");
        AppendLists(sections, box);
        box.AppendText("\n");
        return box;
    }

    private static void AppendLists(IReadOnlyList<PageSection> sections, HtmlElement box)
    {
        var lists = new Stack<HtmlElement>();
        HtmlElement? item = null;
        foreach (var section in sections)
        {
            while (lists.Count > section.ContentsLevel)
            {
                lists.Pop();
            }

            while (lists.Count < section.ContentsLevel)
            {
                var list = new HtmlElement(ElementName.Ul, HtmlElement.NoAttributes);
                var parent = lists.Count == 0 ? box : item ?? lists.Peek();
                parent.AppendText("\n");
                parent.Append(list);
                list.AppendText("\n");
                lists.Push(list);
            }

            item = Entry(section);
            lists.Peek().Append(item);
            lists.Peek().AppendText("\n");
        }
    }

    private static HtmlElement Entry(PageSection section)
    {
        var classes = string.Create(CultureInfo.InvariantCulture, $"toclevel-{section.ContentsLevel}");
        classes += section.Index is not ("" or ['T', ..]) ? $" tocsection-{section.Index}" : ""; // Not for those of templates.
        var item = new HtmlElement(ElementName.Li, [new("class", classes)]);
        var link = new HtmlElement(ElementName.A, [new("href", "#" + section.LinkAnchor)]);
        link.Append(Part("tocnumber", section.Number, isHtml: false));
        link.AppendText(" ");
        var isHtml = section.Html.Contains('<', StringComparison.Ordinal);
        link.Append(Part("toctext", isHtml ? section.Html : section.Text, isHtml));
        item.Append(link);
        return item;
    }

    private static HtmlElement Part(string className, string text, bool isHtml)
    {
        var part = new HtmlElement(ElementName.Span, [new("class", className)]);
        if (!isHtml)
        {
            part.AppendText(text);
            return part;
        }

        // The line was written by the same writer, so it reads back as it was.
        var line = HtmlTreeBuilder.Build(text, TreeLimits.Default, out _);
        Unwrap(line, part);
        return part;
    }

    /// <summary>A line has no paragraphs of its own.</summary>
    private static void Unwrap(HtmlElement from, HtmlElement to)
    {
        while (from.FirstChild is { } child)
        {
            if (child is HtmlElement wrapper && wrapper.Name == ElementName.ParagraphWrap)
            {
                to.TakeChildrenOf(wrapper);
                wrapper.Remove();
            }
            else
            {
                to.Append(child);
            }
        }
    }
}
