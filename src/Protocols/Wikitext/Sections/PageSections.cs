using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Expansion.Tree;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Sections;

/// <summary>
/// The sections of a page's own wikitext, for section edit. Counts as MediaWiki does: lines with equals signs outside of templates,
/// comments and extension tags; headings that templates bring along do not count here.
/// </summary>
public sealed class PageSections
{
    private readonly string _text;

    private PageSections(string text, IReadOnlyList<Section> all)
    {
        _text = text;
        All = all;
    }

    /// <summary>Section 0 and every heading, in order.</summary>
    public IReadOnlyList<Section> All { get; }

    /// <summary>Finds the sections of a page.</summary>
    /// <param name="site">Names of extension tags.</param>
    /// <param name="asIncluded">True counts what a page shows that includes this one ("T-" sections of edit links), false what the page itself shows.</param>
    public static PageSections Of(string wikitext, IWikiSite site, bool asIncluded = false)
    {
        wikitext = wikitext.Replace("\r\n", "\n", StringComparison.Ordinal);
        var tree = TreeBuilder.Parse(wikitext, TagNames.For(site.ExtensionTags), asIncluded, WikitextLimits.Default.MaxNodes);
        var headings = new List<HeadingNode>();
        for (var node = tree.Nodes.First; node is not null; node = node.Next)
        {
            if (node is HeadingNode { OpensSection: true } heading)
            {
                headings.Add(heading);
            }
        }

        var sections = new List<Section>(headings.Count + 1) { new(0, 0, 0, headings.Count > 0 ? headings[0].Start : wikitext.Length, "") };
        for (var i = 0; i < headings.Count; i++)
        {
            var end = i + 1 < headings.Count ? headings[i + 1].Start : wikitext.Length;
            sections.Add(new(headings[i].Number, headings[i].Level, headings[i].Start, end, headings[i].Span.ToString()));
        }

        return new(wikitext, sections);
    }

    /// <summary>The text of a section with all sections below it, without white space at its end; null if there is no such section.</summary>
    public string? Extract(int number)
        => Find(number) is { } range ? _text[range].TrimEnd() : null;

    /// <summary>The whole page with a section, and all sections below it, replaced; null if there is no such section.</summary>
    /// <param name="text">The new text with its heading; empty removes the section.</param>
    public string? Replace(int number, string text)
    {
        if (Find(number) is not { } range)
        {
            return null;
        }

        var (before, after) = (_text[..range.Start.Value], _text[range.End.Value..]);
        return (text.Length == 0 ? before + after : $"{before}{text.TrimEnd()}\n\n{after}").TrimEnd();
    }

    /// <summary>The whole page with a section added at its end.</summary>
    /// <param name="title">Its heading, one line; empty adds the text without a heading.</param>
    public string Append(string title, string text)
    {
        var heading = title.Length == 0 ? "" : $"== {title.ReplaceLineEndings(" ").Trim()} ==\n\n";
        return _text.TrimEnd().Length == 0 ? (heading + text).TrimEnd() : $"{_text.TrimEnd()}\n\n{heading}{text}".TrimEnd();
    }

    private Range? Find(int number)
    {
        for (var i = 0; i < All.Count; i++)
        {
            if (All[i].Number != number)
            {
                continue;
            }

            var last = i;
            while (number > 0 && last + 1 < All.Count && All[last + 1].Level > All[i].Level)
            {
                last++;
            }

            return All[i].Start..All[last].End;
        }

        return null;
    }
}
