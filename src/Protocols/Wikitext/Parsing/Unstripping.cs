using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Rendering;

namespace Plenum.Wikitext.Parsing;

/// <summary>Puts what was taken out of the text back: rendered tags, links, the place of the table of contents.</summary>
internal sealed class Unstripping(PageParser page, LinkResolver links)
{
    /// <summary>Tags within tags.</summary>
    private const int MaxDepth = 20;

    /// <summary>All insertions of a page together, in UTF-16 units (MediaWiki: 5 MB).</summary>
    private const int MaxLength = 5_000_000;

    private int _inserted;
    private int _depth;

    private enum Stage
    {
        /// <summary>Before paragraphs are made: finished HTML and links stay markers.</summary>
        General,

        /// <summary>All of it, links by their text only.</summary>
        Readable,

        /// <summary>All of it.</summary>
        Final,
    }

    /// <summary>Puts back what takes part in paragraphs and lists.</summary>
    public void General(ReadOnlySpan<char> text, TextBuffer output) => Append(text, Stage.General, output);

    /// <summary>Puts back everything, links as their text.</summary>
    public void Readable(ReadOnlySpan<char> text, TextBuffer output) => Append(text, Stage.Readable, output);

    /// <summary>Puts back everything.</summary>
    public void Final(ReadOnlySpan<char> text, TextBuffer output) => Append(text, Stage.Final, output);

    private void Append(ReadOnlySpan<char> text, Stage stage, TextBuffer output)
    {
        while (text.IndexOf(StripMarker.Delimiter) is >= 0 and var at)
        {
            output.Append(text[..at]);
            text = text[at..];
            text = text[AppendOne(text, stage, output)..];
        }

        output.Append(text);
    }

    /// <returns>Length of the marker.</returns>
    private int AppendOne(ReadOnlySpan<char> text, Stage stage, TextBuffer output)
    {
        if (StripMarker.TryRead(text, out var index, out var length) && index < page.Expanded.Stripped.Count)
        {
            Insert(index, text[..length], stage, output);
            return length;
        }

        if (page.Links.TryRead(text, out var link, out length))
        {
            if (stage == Stage.General)
            {
                output.Append(text[..length]);
            }
            else
            {
                if (stage == Stage.Final)
                {
                    links.Open(link, output);
                }

                Nested(link.Text, stage, output);
                output.Append(stage == Stage.Final ? "</a>" : "");
            }

            return length;
        }

        if (page.Verbatim.TryRead(text, out var html, out length))
        {
            if (stage == Stage.General)
            {
                output.Append(text[..length]);
            }
            else
            {
                Nested(html, stage, output);
            }

            return length;
        }

        return 1;
    }

    private void Insert(int index, ReadOnlySpan<char> marker, Stage stage, TextBuffer output)
    {
        switch (page.Expanded.Stripped[index])
        {
            case StrippedTag:
                var rendered = page.Tags.Render(index);
                if (rendered.IsVerbatim && stage == Stage.General)
                {
                    output.Append(marker);
                }
                else
                {
                    Nested(rendered.Html, stage, output);
                }

                break;
            case StrippedContents contents:
                output.Append(stage == Stage.Readable ? contents.Source : Contents.Place);
                break;
        }
    }

    private void Nested(string html, Stage stage, TextBuffer output)
    {
        if (_depth >= MaxDepth || _inserted + html.Length > MaxLength)
        {
            page.Warn(PageWarningKind.TooLarge);
            return;
        }

        _inserted += html.Length;
        _depth++;
        Append(html, stage, output);
        _depth--;
    }
}
