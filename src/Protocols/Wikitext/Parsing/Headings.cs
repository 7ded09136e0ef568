using Plenum.Wikitext.Tree;

namespace Plenum.Wikitext.Parsing;

/// <summary>Lines that are headings (<c>== Title ==</c>) or rules (<c>----</c>).</summary>
internal static class Headings
{
    /// <summary>Marks headings written with equals signs; authors cannot write it, readers do not get it.</summary>
    public const string LineAttribute = "data-mw-line";

    private const int MaxLevel = 6;
    private const int MinRule = 4;

    public static void Run(ReadOnlySpan<char> text, TextBuffer output)
    {
        while (true)
        {
            var end = text.IndexOf('\n');
            var line = end < 0 ? text : text[..end];
            if (line is ['=', ..] && TryMeasure(line, out var level, out var title))
            {
                Write(level, title, output);
                text = end < 0 ? default : SkipBlankLines(text[end..]);
                if (text.IsEmpty)
                {
                    return;
                }

                output.Append('\n');
                text = text[1..];
                continue;
            }

            if (line.StartsWith("----"))
            {
                output.Append("<hr />");
                output.Append(line[MinRule..].TrimStart('-'));
            }
            else
            {
                output.Append(line);
            }

            if (end < 0)
            {
                return;
            }

            output.Append('\n');
            text = text[(end + 1)..];
        }
    }

    /// <summary>Reads a heading line.</summary>
    /// <param name="level">1 to 6: equals signs on the shorter side.</param>
    /// <param name="title">What stands between, with the signs the longer side has more.</param>
    private static bool TryMeasure(ReadOnlySpan<char> line, out int level, out ReadOnlySpan<char> title)
    {
        line = line.TrimEnd(" \t\r\f\v\n");
        level = 0;
        title = default;
        var left = line.IndexOfAnyExcept('=');
        if (left < 0)
        {
            // Only equals signs: the ones in the middle are the title.
            level = Math.Min((line.Length - 1) / 2, MaxLevel);
            title = level > 0 ? line[level..^level] : default;
            return level > 0;
        }

        var right = line.Length - 1 - line.LastIndexOfAnyExcept('=');
        level = Math.Min(Math.Min(left, right), MaxLevel);
        if (level == 0)
        {
            return false;
        }

        var inner = line[level..^level];
        title = inner.Trim(" \t");
        title = title.IsEmpty ? inner[..1] : title;
        return true;
    }

    private static void Write(int level, ReadOnlySpan<char> title, TextBuffer output)
    {
        output.Append("<h");
        output.Append(level);
        output.Append(" " + LineAttribute + "=\"\">");
        output.Append(title);
        output.Append("</h");
        output.Append(level);
        output.Append('>');
    }

    /// <summary>Blank lines after a heading vanish: gives the text from the last line feed before more text on, or nothing at the end.</summary>
    private static ReadOnlySpan<char> SkipBlankLines(ReadOnlySpan<char> text)
    {
        var more = text.IndexOfAnyExcept(HtmlCharacters.WideBlanks);
        return more < 0 ? default : text[text[..more].LastIndexOf('\n')..];
    }
}
