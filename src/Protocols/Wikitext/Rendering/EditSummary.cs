using Plenum.Wikitext.Parsing;
using Plenum.Wikitext.Sanitizing;
using Plenum.Wikitext.Site;

namespace Plenum.Wikitext.Rendering;

/// <summary>The line with which an author sums up an edit: text, links, and <c>/* section */</c>; no other markup.</summary>
internal sealed class EditSummary(PageParser page, bool isLocal) : IDisposable
{
    private readonly TextBuffer _output = new();

    /// <summary>Renders a summary as safe HTML.</summary>
    public string Render(string summary)
    {
        var text = summary.Replace('\n', ' ').AsSpan();
        while (text.IndexOf("/*") is >= 0 and var start && text[(start + 2)..].IndexOf("*/") is >= 0 and var length)
        {
            Links(text[..start]);
            var rest = text[(start + length + 4)..];
            Section(text.Slice(start + 2, length).Trim().ToString(), hasMore: !rest.IsEmpty);
            text = rest;
        }

        Links(text);
        return HtmlWriter.WriteWithoutParagraph(page.Finish(_output.Text, hasBlocks: false));
    }

    public void Dispose() => _output.Dispose();

    /// <summary>An arrow and the section's name, leading there.</summary>
    private void Section(string name, bool hasMore)
    {
        var plain = name.Replace("[[:", "", StringComparison.Ordinal).Replace("[[", "", StringComparison.Ordinal).Replace("]]", "", StringComparison.Ordinal);
        var target = page.Page.WithFragment(SectionId.Normalise(plain));
        using var label = new TextBuffer();
        label.Append("→<bdi dir=\"ltr\">");
        LinkMarkup.AppendText(name, label);
        label.Append("</bdi>");
        _output.Append("<span class=\"autocomment\">");
        Link(target, label.ToString());
        _output.Append(hasMore ? ": </span>" : "</span>");
    }

    private void Links(ReadOnlySpan<char> text)
    {
        while (text.IndexOf("[[") is >= 0 and var start)
        {
            LinkMarkup.AppendText(text[..start], _output);
            text = text[start..];
            var length = TryLink(text);
            if (length == 0)
            {
                _output.Append("[[");
                length = 2;
            }

            text = text[length..];
        }

        LinkMarkup.AppendText(text, _output);
    }

    /// <returns>Length of the link at the start of the text; 0 if none is there.</returns>
    private int TryLink(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf("]]");
        if (end < 0)
        {
            return 0;
        }

        var inner = text[2..end];
        var bar = inner.IndexOf('|');
        var target = (bar < 0 ? inner : inner[..bar]).TrimStart().TrimStart(':');
        if (target.IndexOfAny("[]") >= 0 || target.IsEmpty)
        {
            return 0;
        }

        var decoded = PercentEncoding.DecodeInLink(target.ToString());
        var absolute = SubpageLink.Resolve(decoded, page.Page, out var shown);
        if (!PageTitle.TryParse(absolute, page.Site, out var title))
        {
            return 0;
        }

        var trail = page.Trail.Measure(text[(end + 2)..]);
        using var label = new TextBuffer();
        LinkMarkup.AppendText(bar >= 0 && bar + 1 < inner.Length ? inner[(bar + 1)..] : shown ?? decoded, label);
        LinkMarkup.AppendText(text.Slice(end + 2, trail), label);
        Link(title.IsBareFragment ? page.Page.WithFragment(title.Fragment) : title, label.ToString());
        return end + 2 + trail;
    }

    private void Link(PageTitle title, string label)
    {
        if (isLocal && title.Equals(page.Page) && title.Fragment.Length > 0)
        {
            _output.Append("<a");
            TagAttributes.Write("href", "#" + SectionId.EncodeForLink(title.Fragment, page.Options.Anchors), _output);
            _output.Append('>');
            _output.Append(label);
            _output.Append("</a>");
        }
        else
        {
            page.Links.Add(title, label, _output);
        }
    }
}
