namespace Plenum.Wikitext.Parsing;

/// <summary>What the tags of a line mean for paragraphs.</summary>
/// <param name="StartsBlock">A block starts inside which no paragraphs are made.</param>
/// <param name="EndsBlock">Such a block ends, or a block in which paragraphs are made starts or ends.</param>
/// <param name="OpensPre">Has <c>&lt;pre</c>.</param>
/// <param name="ClosesPre">Has <c>&lt;/pre</c>.</param>
/// <param name="Blockquote">True if the last blockquote tag opens one, false if it closes one, null without such a tag.</param>
internal readonly record struct LineTags(bool StartsBlock, bool EndsBlock, bool OpensPre, bool ClosesPre, bool? Blockquote)
{
    /// <summary>Longest name that matters: blockquote.</summary>
    private const int MaxNameLength = 10;

    public static LineTags Read(ReadOnlySpan<char> line)
    {
        var tags = default(LineTags);
        Span<char> name = stackalloc char[MaxNameLength];
        while (line.IndexOf('<') is >= 0 and var at)
        {
            line = line[(at + 1)..];
            var isEnd = line is ['/', ..];
            line = isEnd ? line[1..] : line;
            var length = 0;
            while (length < line.Length && length < MaxNameLength && (char.IsAsciiLetterOrDigit(line[length]) || line[length] == ':'))
            {
                name[length] = char.ToLowerInvariant(line[length]);
                length++;
            }

            if (length < line.Length && (char.IsLetterOrDigit(line[length]) || line[length] == '_'))
            {
                continue; // A longer word.
            }

            tags = tags.With(name[..length], isEnd, line);
        }

        return tags;
    }

    /// <summary>True if the line holds nothing but style and link elements, which are invisible.</summary>
    public static bool IsOnlyStyle(ReadOnlySpan<char> line)
    {
        if (line is not ['<', ..])
        {
            return false;
        }

        while (!line.IsEmpty)
        {
            var isStyle = StartsTag(line, "<style");
            if (!isStyle && !StartsTag(line, "<link"))
            {
                return false;
            }

            var end = line.IndexOf(isStyle ? "</style>" : ">", StringComparison.OrdinalIgnoreCase);
            if (end < 0)
            {
                return false;
            }

            line = line[(end + (isStyle ? 8 : 1))..].TrimStart();
        }

        return true;
    }

    private static bool StartsTag(ReadOnlySpan<char> line, string tag)
        => line.StartsWith(tag, StringComparison.OrdinalIgnoreCase) && line.Length > tag.Length && !char.IsLetterOrDigit(line[tag.Length]);

    private LineTags With(ReadOnlySpan<char> name, bool isEnd, ReadOnlySpan<char> rest)
        => name switch
        {
            "pre" => this with
            {
                StartsBlock = StartsBlock || !isEnd,
                EndsBlock = EndsBlock || isEnd,
                OpensPre = OpensPre || !isEnd,
                ClosesPre = ClosesPre || isEnd,
            },
            "table" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "p" or "ul" or "ol" or "dl"
                => this with { StartsBlock = StartsBlock || !isEnd, EndsBlock = EndsBlock || isEnd },
            "td" or "th" => this with { StartsBlock = StartsBlock || isEnd, EndsBlock = EndsBlock || !isEnd },
            "tr" or "caption" or "dt" or "dd" or "li" => this with { StartsBlock = true },
            "blockquote" => this with { EndsBlock = true, Blockquote = !isEnd },
            "center" or "div" or "hr" or "aside" or "figure" => this with { EndsBlock = true },
            "meta" when !isEnd && rest.StartsWith("meta property=\"mw:") => this with { EndsBlock = true },
            _ => this,
        };
}
