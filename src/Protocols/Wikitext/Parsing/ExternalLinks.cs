using Plenum.Wikitext.Rendering;
using Plenum.Wikitext.Sanitizing;

namespace Plenum.Wikitext.Parsing;

/// <summary>Addresses in single brackets: <c>[https://example.org text]</c>.</summary>
internal sealed class ExternalLinks(PageParser page)
{
    private int _number;

    public void Run(ReadOnlySpan<char> text, TextBuffer output)
    {
        var lineEnd = 0; // Where the text after a bracket must have closed, as far as it is known.
        var close = -1;
        var done = 0;
        for (var at = text.IndexOf('['); at >= 0;)
        {
            var scheme = ExternalUrl.SchemeLength(text[(at + 1)..]);
            var length = scheme == 0 ? 0 : ExternalUrl.Measure(text[(at + 1)..], scheme);
            if (length > 0)
            {
                var urlEnd = at + 1 + length;
                if (urlEnd >= lineEnd)
                {
                    var stop = text[urlEnd..].IndexOfAny(Stops);
                    lineEnd = stop < 0 ? text.Length : urlEnd + stop + 1;
                    close = stop >= 0 && text[urlEnd + stop] == ']' ? urlEnd + stop : -1;
                }

                if (close >= urlEnd)
                {
                    output.Append(text[done..at]);
                    Write(text[(at + 1)..urlEnd], text[urlEnd..close], output);
                    done = close + 1;
                    at = close;
                }
            }

            var next = at + 1 < text.Length ? text[(at + 1)..].IndexOf('[') : -1;
            at = next < 0 ? -1 : at + 1 + next;
        }

        output.Append(text[done..]);
    }

    /// <summary>What ends the search for the closing bracket: the bracket itself, control characters but the tab, U+FFFD.</summary>
    private static readonly System.Buffers.SearchValues<char> Stops = System.Buffers.SearchValues.Create(
        "]\uFFFD\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\n\u000B\u000C\r\u000E\u000F"
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001B\u001C\u001D\u001E\u001F");

    private void Write(ReadOnlySpan<char> url, ReadOnlySpan<char> text, TextBuffer output)
    {
        while (text is [var c, ..] && ExternalUrl.IsSpace(c))
        {
            text = text[1..];
        }

        // Angle brackets were made references by the first pass and do not belong to addresses.
        var angle = FirstAngle(url);
        var shown = angle < 0 ? text : string.Concat(url[angle..], " ", text);
        url = angle < 0 ? url : url[..angle];
        var clean = ExternalUrl.Clean(url);
        if (shown.IsEmpty)
        {
            LinkMarkup.OpenExternal(clean, "autonumber", page.Options, output);
            output.Append('[');
            output.Append(++_number);
            output.Append(']');
        }
        else
        {
            LinkMarkup.OpenExternal(clean, "text", page.Options, output);
            if (!page.TryWriteExternalImage(shown, output))
            {
                output.Append(shown);
            }
        }

        output.Append("</a>");
        page.Index.AddExternalLink(clean);
    }

    private static int FirstAngle(ReadOnlySpan<char> url)
    {
        var less = url.IndexOf("&lt;");
        var greater = url.IndexOf("&gt;");
        return less < 0 ? greater : greater < 0 ? less : Math.Min(less, greater);
    }
}
