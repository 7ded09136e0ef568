using Markdig;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Extensions.Tables;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Components;
using Plenum.Kernel.Web;
using Plenum.Ui.Html;

namespace Plenum.Ui.Markdown;

/// <summary>A heading of a text, for its table of contents.</summary>
public sealed record MarkdownHeading(int Level, string Text, string Id);

/// <summary>A text ready to show.</summary>
public sealed record RenderedMarkdown(MarkupString Markup, IReadOnlyList<MarkdownHeading> Headings);

/// <summary>
/// Markdown (CommonMark with tables, task lists, strike-through and bare links) as HTML. Raw HTML is shown as the characters it is;
/// links have harmless schemes or are no links; pictures of other hosts become links to them.
/// </summary>
public static class MarkdownRenderer
{
    public const int MaxLength = 200_000; // Characters; about 60 pages.
    private const int MaxMarks = 20_000; // Brackets and emphasis marks: matching them can take time with the square of their number.

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseTaskLists()
        .UseAutoLinks()
        .UseAutoIdentifiers()
        .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
        .UseSoftlineBreakAsHardlineBreak()
        .Build();

    /// <param name="text">As the person wrote it.</param>
    /// <param name="topLevel">Level that the highest heading of the text gets on the page, 2 to 6.</param>
    /// <param name="idPrefix">Begins the ids of headings, so that they clash with nothing; null gives none.</param>
    public static RenderedMarkdown Render(string? text, int topLevel = 3, string? idPrefix = null)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new(new(""), []);
        }

        if (IsTooMuch(text))
        {
            return AsWritten(text);
        }

        try
        {
            var document = Markdig.Markdown.Parse(text.Replace("\0", "", StringComparison.Ordinal), Pipeline);
            var headings = Prepare(document, topLevel, idPrefix);
            using var writer = new StringWriter();
            var renderer = new HtmlRenderer(writer);
            Pipeline.Setup(renderer);
            renderer.Render(document);
            return new(new(writer.ToString()), headings);
        }
        catch (ArgumentException)
        {
            return AsWritten(text); // Markdig's own guard: nested deeper than any text for people.
        }
    }

    /// <summary>The words without their marks, for search.</summary>
    public static string TextOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return IsTooMuch(text) ? text : Markdig.Markdown.ToPlainText(text, Pipeline).Trim();
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    private static bool IsTooMuch(string text)
        => text.Length > MaxLength || text.AsSpan().Count('[') + text.AsSpan().Count('*') + text.AsSpan().Count('_') > MaxMarks;

    private static RenderedMarkdown AsWritten(string text) => new(new($"<p class=\"plain\">{HtmlText.Escape(text)}</p>"), []);

    private static List<MarkdownHeading> Prepare(MarkdownDocument document, int topLevel, string? idPrefix)
    {
        var headings = new List<MarkdownHeading>();
        var levels = new HeadingLevels(topLevel);
        foreach (var node in document.Descendants().ToList())
        {
            switch (node)
            {
                case HeadingBlock heading:
                    heading.Level = levels.Of(heading.Level);
                    var attributes = heading.GetAttributes();
                    attributes.Id = idPrefix is null ? null : idPrefix + attributes.Id;
                    if (attributes.Id is { } id)
                    {
                        headings.Add(new(heading.Level, WordsOf(heading), id));
                    }

                    break;
                case LinkInline link:
                    Prepare(link);
                    break;
                case AutolinkInline { IsEmail: false } link when !LinkTarget.IsAbsolute(link.Url):
                    link.ReplaceBy(new LiteralInline(link.Url));
                    break;
                case AutolinkInline link:
                    link.GetAttributes().AddProperty("rel", LinkTarget.ForeignRel);
                    break;
                case Table table:
                    AlignByClass(table);
                    table.GetAttributes().AddProperty("tabindex", "0");
                    break;
                case CodeBlock:
                    node.GetAttributes().AddProperty("tabindex", "0"); // It may scroll sideways: reachable by keyboard.
                    break;
            }
        }

        return headings;
    }

    /// <summary>Markdig would write style attributes, which our policy forbids.</summary>
    private static void AlignByClass(Table table)
    {
        foreach (var row in table.OfType<TableRow>())
        {
            for (var i = 0; i < row.Count; i++)
            {
                var name = (i < table.ColumnDefinitions.Count ? table.ColumnDefinitions[i].Alignment : null) switch
                {
                    TableColumnAlign.Right => "end",
                    TableColumnAlign.Center => "middle",
                    _ => null,
                };
                if (name is not null)
                {
                    row[i].GetAttributes().AddClass(name);
                }
            }
        }

        foreach (var column in table.ColumnDefinitions)
        {
            column.Alignment = null;
        }
    }

    private static void Prepare(LinkInline link)
    {
        var isLocal = LinkTarget.IsLocal(link.Url);
        if (!isLocal && !LinkTarget.IsAbsolute(link.Url))
        {
            link.ReplaceBy(new PlainSpan(), copyChildren: true);
            return;
        }

        if (link.IsImage && !link.Url!.StartsWith('/'))
        {
            link.IsImage = false; // On another host, or a place on this page.
            if (link.FirstChild is null)
            {
                link.AppendChild(new LiteralInline(link.Url));
            }
        }

        if (link.IsImage)
        {
            link.GetAttributes().AddProperty("loading", "lazy");
        }
        else if (!isLocal)
        {
            link.GetAttributes().AddProperty("rel", LinkTarget.ForeignRel);
        }
    }

    private static string WordsOf(HeadingBlock heading)
        => string.Concat(heading.Inline?.Descendants().Select(i => i switch { LiteralInline l => l.Content.ToString(), CodeInline c => c.Content, _ => "" }) ?? []);

    /// <summary>Holds the words of what was to be a link.</summary>
    private sealed class PlainSpan : ContainerInline;
}
