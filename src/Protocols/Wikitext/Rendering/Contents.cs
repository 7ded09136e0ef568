using System.Globalization;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Parsing;
using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Site;
using Plenum.Wikitext.Tree;

namespace Plenum.Wikitext.Rendering;

/// <summary>Gives the headings of a tree their anchors, wrappers and edit links, and puts the table of contents in its place.</summary>
internal sealed class Contents(PageParser page)
{
    /// <summary>Holds the place of the table of contents in half-parsed text.</summary>
    public const string Place = $"<meta property=\"{ParagraphWrapping.ContentsPlace}\" />";

    /// <summary>Anchors given so far, each with the number the next equal one gets.</summary>
    private readonly Dictionary<string, int> _anchors = new(StringComparer.Ordinal);

    private readonly ContentsNumbering _numbering = new();

    public List<PageSection> Sections { get; } = [];

    /// <summary>True if the tree now holds a table of contents.</summary>
    public bool IsShown { get; private set; }

    public void Apply(HtmlElement root)
    {
        List<HtmlElement> headings = [];
        List<HtmlElement> places = [];
        for (var node = HtmlElement.Following(root, root); node is not null; node = HtmlElement.Following(node, root))
        {
            if (node is not HtmlElement element)
            {
                continue;
            }

            if (element.Name.Is(ElementTraits.Heading))
            {
                headings.Add(element);
            }
            else if (ParagraphWrapping.IsContentsPlace(element))
            {
                places.Add(element);
            }
        }

        foreach (var heading in headings)
        {
            Finish(heading);
        }

        ShowIn(places);
    }

    private void Finish(HtmlElement heading)
    {
        if (!int.TryParse(heading[HeadingMarks.Attribute], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= page.Headings.All.Count)
        {
            return;
        }

        heading.Unset(HeadingMarks.Attribute);
        var level = heading.Name.Text[1] - '0';
        var (html, text) = HeadingLine.Read(heading);
        var id = heading["id"] is { Length: > 0 } own ? own : SectionId.Normalise(text);
        var anchor = Unique(SectionId.Encode(id, page.Options.Anchors), out var suffix);
        var (source, isSection) = page.Headings.All[number];
        var (contentsLevel, numbers) = isSection ? _numbering.Next(level) : (0, "");
        var section = new PageSection(level, contentsLevel, numbers, anchor, html, text)
        {
            LinkAnchor = SectionId.EncodeForLink(id, page.Options.Anchors) + suffix,
            Page = source?.Page,
            Index = source is null ? "" : (source.IsFromTemplate ? "T-" : "") + source.Section.ToString(CultureInfo.InvariantCulture),
        };
        if (isSection)
        {
            Sections.Add(section);
        }

        AddFallback(heading, id);
        heading.Set("id", anchor);
        Wrap(heading, section);
    }

    private string Unique(string anchor, out string suffix)
    {
        suffix = "";
        var key = LowerAscii(anchor);
        if (!_anchors.TryGetValue(key, out var next))
        {
            _anchors[key] = 2;
            return anchor;
        }

        do
        {
            suffix = string.Create(CultureInfo.InvariantCulture, $"_{next++}");
        }
        while (_anchors.ContainsKey(key + suffix));
        _anchors[key] = next;
        _anchors[key + suffix] = 2;
        return anchor + suffix;
    }

    /// <summary>Anchors that differ only in the case of ASCII letters count as equal: some browsers do not tell them apart.</summary>
    private static string LowerAscii(string text)
        => text.AsSpan().ContainsAnyInRange('A', 'Z')
            ? string.Create(text.Length, text, static (lower, from) =>
            {
                for (var i = 0; i < from.Length; i++)
                {
                    lower[i] = char.IsAsciiLetterUpper(from[i]) ? (char)(from[i] | 0x20) : from[i];
                }
            })
            : text;

    /// <summary>An empty element with the other style's anchor.</summary>
    private void AddFallback(HtmlElement heading, string id)
    {
        if (page.Options.FallbackAnchors is not { } style || SectionId.Encode(id, style) is var fallback && fallback == SectionId.Encode(id, page.Options.Anchors))
        {
            return;
        }

        var place = new HtmlElement(ElementName.Span, [new("id", Unique(SectionId.Encode(id, style), out _))]);
        if (heading.FirstChild is { } first)
        {
            heading.InsertBefore(place, first);
        }
        else
        {
            heading.Append(place);
        }
    }

    /// <summary>Headings of wikitext get a wrapper, which may hold an edit link; those of HTML a class.</summary>
    private void Wrap(HtmlElement heading, PageSection section)
    {
        if (heading[Headings.LineAttribute] is null)
        {
            heading.AddClass("mw-html-heading");
            return;
        }

        heading.Unset(Headings.LineAttribute);
        if (heading.Parent is { } parent && parent.Name == ElementName.Div && parent["class"]?.StartsWith("mw-heading", StringComparison.Ordinal) == true)
        {
            return; // The author has written the wrapper.
        }

        var wrapper = new HtmlElement(ElementName.Div, [new("class", $"mw-heading mw-heading{section.Level}")]);
        heading.Parent!.InsertBefore(wrapper, heading);
        wrapper.Append(heading);
        if (page.Options.SectionEditUrl is { } url && section.Page is { } source && !page.Expanded.Switches.HasFlag(BehaviourSwitches.NoSectionEdit))
        {
            wrapper.Append(EditLink(url(source, section.Index), section.Text));
        }
    }

    private HtmlElement EditLink(string url, string heading)
    {
        var link = new HtmlElement(ElementName.Span, [new("class", "mw-editsection")]);
        link.Append(Bracket("["));
        var anchor = new HtmlElement(ElementName.A, [new("href", url), new("title", page.Texts["editsectionhint", heading])]);
        anchor.AppendText(page.Texts["editsection"]);
        link.Append(anchor);
        link.Append(Bracket("]"));
        return link;
    }

    private static HtmlElement Bracket(string text)
    {
        var bracket = new HtmlElement(ElementName.Span, [new("class", "mw-editsection-bracket")]);
        bracket.AppendText(text);
        return bracket;
    }

    private void ShowIn(List<HtmlElement> places)
    {
        var entries = Sections.Where(s => s.ContentsLevel < page.Options.MaxContentsLevel).ToList();
        IsShown = page.Options.HasContents && page.Headings.HasContents && entries.Count > 0 && places.Count > 0;
        if (IsShown)
        {
            places[0].Parent!.InsertBefore(ContentsBox.Make(entries, page.Texts["toc"], page.Options.Language ?? page.Site.Language), places[0]);
        }

        foreach (var place in places)
        {
            place.Remove();
        }
    }
}
