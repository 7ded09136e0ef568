using Plenum.Wikitext.Parsing;

namespace Plenum.Wikitext.Sanitizing;

/// <summary>The first pass: tags an author may write stay, cleaned; every other angle bracket becomes text.</summary>
internal static class HtmlTags
{
    private static readonly System.Buffers.SearchValues<char> NameEnds = System.Buffers.SearchValues.Create("\t\n\v />\0");

    public static void Run(ReadOnlySpan<char> text, TextBuffer output, PageParser page)
    {
        while (text.IndexOfAny('<', '>') is >= 0 and var at)
        {
            output.Append(text[..at]);
            text = text[at..];
            if (text[0] == '>')
            {
                output.Append("&gt;");
                text = text[1..];
                continue;
            }

            if (text.StartsWith("<!--") && text.IndexOf("-->") is >= 0 and var comment)
            {
                text = text[(comment + 3)..];
                continue;
            }

            var next = text[1..].IndexOf('<');
            var length = CopyTag(next < 0 ? text : text[..(next + 1)], output, page);
            if (length == 0)
            {
                output.Append("&lt;");
                length = 1;
            }

            text = text[length..];
        }

        output.Append(text);
    }

    /// <summary>Copies an allowed tag at the start of the segment.</summary>
    /// <returns>Its length; 0 if no allowed tag starts here.</returns>
    private static int CopyTag(ReadOnlySpan<char> segment, TextBuffer output, PageParser page)
    {
        var isEnd = segment is ['<', '/', ..];
        var start = isEnd ? 2 : 1;
        if (start >= segment.Length || !char.IsAsciiLetter(segment[start]))
        {
            return 0;
        }

        var end = segment[start..].IndexOfAny(NameEnds);
        if (end is <= 0 or > AllowedTags.MaxNameLength)
        {
            return 0;
        }

        Span<char> name = stackalloc char[AllowedTags.MaxNameLength];
        name = name[..segment.Slice(start, end).ToLowerInvariant(name)];
        var rest = segment[(start + end)..];
        var close = rest.IndexOf('>');
        if (close < 0 || AllowedTags.Find(name) is not { IsWritable: true } tag)
        {
            return 0;
        }

        var isSingle = close > 0 && rest[close - 1] == '/';
        var attributes = rest[..(isSingle ? close - 1 : close)];
        if (tag.Name is "meta" or "link" && !IsMicrodata(attributes, tag, page))
        {
            return 0;
        }

        output.Append(isEnd ? "</" : "<");
        output.Append(tag.Name);
        if (!isEnd)
        {
            page.CopyAttributes(attributes, tag, output);
        }

        output.Append(isSingle && tag.IsEmpty ? "/>" : ">");
        if (isSingle && tag.MayBeSingle && !tag.IsEmpty)
        {
            output.Append("</");
            output.Append(tag.Name);
            output.Append('>');
        }

        return start + end + close + 1;
    }

    /// <summary>meta and link say something about the content only with an item property.</summary>
    private static bool IsMicrodata(ReadOnlySpan<char> attributes, AllowedTag tag, PageParser page)
    {
        var found = TagAttributes.Read(page.Unstrip(attributes));
        return found.Exists(a => a.Name == "itemprop") && found.Exists(a => a.Name == (tag.Name == "meta" ? "content" : "href"));
    }
}
