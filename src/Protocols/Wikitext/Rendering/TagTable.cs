using System.Text;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Galleries;
using Plenum.Wikitext.Parsing;
using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Tree;

namespace Plenum.Wikitext.Rendering;

/// <summary>Renders the extension tags of a page, each once.</summary>
internal sealed class TagTable(PageParser page)
{
    /// <summary>Tags within tags.</summary>
    private const int MaxDepth = 16;

    private readonly Dictionary<int, RenderedTag> _rendered = [];
    private int _depth;

    /// <summary>Renders the tags of the page in their order, so that references are numbered as they stand.</summary>
    public void RenderAll()
    {
        for (var i = 0; i < page.Expanded.Stripped.Count; i++)
        {
            if (page.Expanded.Stripped[i] is StrippedTag)
            {
                Render(i);
            }
        }
    }

    /// <summary>Renders the tags in the text of another tag before those that follow it on the page.</summary>
    public void RenderIn(ReadOnlySpan<char> text)
    {
        while (text.IndexOf(StripMarker.Delimiter) is >= 0 and var at)
        {
            text = text[at..];
            if (!StripMarker.TryRead(text, out var index, out var length))
            {
                length = 1;
            }
            else if (index < page.Expanded.Stripped.Count && page.Expanded.Stripped[index] is StrippedTag)
            {
                Render(index);
            }

            text = text[length..];
        }
    }

    public RenderedTag Render(int index)
    {
        if (_rendered.TryGetValue(index, out var rendered))
        {
            return rendered;
        }

        var tag = (StrippedTag)page.Expanded.Stripped[index];
        if (_depth >= MaxDepth)
        {
            page.Warn(PageWarningKind.TagsTooDeep);
            return Escaped(tag.Source);
        }

        _depth++;
        rendered = Render(tag);
        _depth--;
        _rendered[index] = rendered;
        return rendered;
    }

    /// <summary>Says that a tag needs no rendering of its own (references inside a list).</summary>
    public void Skip(int index) => _rendered[index] = new("", IsVerbatim: false);

    private RenderedTag Render(StrippedTag tag)
    {
        if (page.Options.Tags.TryGetValue(tag.Name, out var renderer))
        {
            var output = renderer.Render(new(tag.Name, tag.Attributes, tag.Content), page);
            return new(output.Html, output.IsBlockContent);
        }

        return tag.Name switch
        {
            "nowiki" => Escaped(tag.Content ?? ""),
            "pre" => Pre(tag),
            "gallery" => new(new Gallery(page, tag).Render(), false),
            "ref" => new(page.References.Mark(tag), false),
            "references" => new(page.References.List(tag), false),
            "poem" => Poem(tag),
            "syntaxhighlight" or "source" => Code(tag),
            "math" or "chem" or "ce" => Formula(tag),
            "indicator" => Indicator(tag),
            "templatedata" or "templatestyles" => new("", false),
            "langconvert" => new(page.ParseInline(tag.Content ?? ""), false),
            _ => Escaped(tag.Source),
        };
    }

    /// <summary>Text as it stands: brackets and braces mean nothing, references do.</summary>
    private static RenderedTag Escaped(string text)
        => new(text.Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal), IsVerbatim: true);

    private RenderedTag Pre(StrippedTag tag)
    {
        var content = tag["format"] == "wikitext" ? page.ParseInline(tag.Content ?? "") : Escaped(NowikiPairs.Remove(tag.Content ?? "")).Html;
        return new(Open("pre", tag, "") + content + "</pre>", false);
    }

    /// <summary>Lines of verse: each line ends where it ends in the source.</summary>
    private RenderedTag Poem(StrippedTag tag)
    {
        var lines = (tag.Content ?? "").Trim('\n').Split('\n');
        var text = new StringBuilder();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            var blanks = line.Length - line.TrimStart(' ').Length;
            var colons = blanks > 0 ? 0 : line.Length - line.TrimStart(':').Length;
            text.Insert(text.Length, "&#160;", blanks);
            text.Append(colons == 0
                ? line[blanks..]
                : $"<span class=\"mw-poem-indented\" style=\"display: inline-block; margin-inline-start: {colons}em;\">{line[colons..]}</span>");
            if (i + 1 < lines.Length)
            {
                text.Append(line.Length >= 4 && !line.AsSpan().ContainsAnyExcept('-') ? "\n" : "<br />\n");
            }
        }

        var parsed = page.ParseExpanded(page.Expanded.Expand(tag with { Content = text.ToString() }));
        return new($"{Open("div", tag, "poem")}\n{parsed.TrimWhite()}\n</div>", false);
    }

    private RenderedTag Code(StrippedTag tag)
    {
        var code = (tag.Content ?? "").Trim('\n').TrimEnd();
        var language = (tag["lang"] ?? "").Trim().ToLowerInvariant();
        var isInline = tag["inline"] is not null || tag["enclose"] == "none";
        var html = new StringBuilder();
        foreach (var (text, className) in page.Options.Highlighter?.Highlight(code, language) ?? [new(code, "")])
        {
            using var escaped = new TextBuffer(text.Length + 16);
            LinkMarkup.AppendText(text, escaped);
            html.Append(className.Length == 0 ? escaped.ToString() : $"<span class=\"{className}\">{escaped}</span>");
        }

        var marker = page.Verbatim.Add(html.ToString());
        var classes = "mw-highlight" + (language.Length > 0 && language.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '+' or '#') ? " mw-highlight-lang-" + language : "");
        return new(isInline
            ? $"{Open("code", tag, classes, ("dir", "ltr"))}{marker}</code>"
            : $"{Open("div", tag, classes + " mw-content-ltr", ("dir", "ltr"))}<pre>{marker}</pre></div>", false);
    }

    /// <summary>Formulas show their source.</summary>
    private RenderedTag Formula(StrippedTag tag)
    {
        using var escaped = new TextBuffer();
        LinkMarkup.AppendText((tag.Content ?? "").Trim(), escaped);
        var code = $"{Open("code", tag, "mw-math", ("dir", "ltr"))}{page.Verbatim.Add(escaped.ToString())}</code>";
        return new(tag["display"] == "block" ? $"<div class=\"mw-math-block\">{code}</div>" : code, false);
    }

    private RenderedTag Indicator(StrippedTag tag)
    {
        var name = PageParser.PlainMarkers(tag["name"] ?? "").Trim();
        if (name.Length == 0)
        {
            using var error = new TextBuffer();
            LinkMarkup.AppendText(page.Texts["invalid-indicator-name"], error);
            return new($"<span class=\"error\">{error}</span>", false);
        }

        var tree = page.Finish(page.ParseExpanded(page.Expanded.Expand(tag)));
        page.Index.SetIndicator(name, HtmlWriter.WriteWithoutParagraph(tree));
        return new("", false);
    }

    /// <summary>A start tag with the allowed attributes of the extension tag.</summary>
    private string Open(string element, StrippedTag tag, string classes, (string Name, string Value)? fixedAttribute = null)
    {
        using var output = new TextBuffer();
        output.Append('<');
        output.Append(element);
        var given = tag.Attributes.Select(a => new HtmlAttribute(a.Key, PageParser.PlainMarkers(a.Value))).Where(a => a.Name != fixedAttribute?.Name).ToList();
        var seenClass = false;
        foreach (var (name, value) in TagAttributes.Validate(given, AllowedTags.Find(element)!, page.Options.Anchors))
        {
            var isClass = name == "class";
            seenClass |= isClass;
            TagAttributes.Write(name, isClass && classes.Length > 0 ? $"{classes} {value}" : value, output);
        }

        if (!seenClass && classes.Length > 0)
        {
            TagAttributes.Write("class", classes, output);
        }

        if (fixedAttribute is { } added)
        {
            TagAttributes.Write(added.Name, added.Value, output);
        }

        output.Append('>');
        return output.ToString();
    }
}

/// <summary>A tag as half-parsed HTML.</summary>
/// <param name="IsVerbatim">True if it is put in only after paragraphs and lists are made.</param>
internal readonly record struct RenderedTag(string Html, bool IsVerbatim);
