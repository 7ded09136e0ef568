using System.Text;
using System.Text.RegularExpressions;
using Plenum.Kernel.Web;
using Plenum.Ui.Html;

namespace Plenum.Discussions.Reading;

/// <summary>
/// Plain text of a mail as HTML: paragraphs, links, quotes with their levels, long ones folded, patches and indented lines in fixed width,
/// the signature small. Nothing is left out.
/// </summary>
/// <param name="showQuote">Text of the fold that opens a long quote.</param>
public sealed partial class PlainTextHtml(string showQuote)
{
    private const int MaxShownQuote = 8; // Lines; a longer quote hides the answer.
    private const int MaxDepth = 6;
    private readonly StringBuilder _html = new();

    /// <param name="text">Lines ended by LF.</param>
    /// <param name="isFlowed">Lines ending in a space go on in the next (RFC 3676).</param>
    public static string Render(string text, bool isFlowed, string showQuote)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n').Select(Line.Read).ToList();
        var writer = new PlainTextHtml(showQuote);
        writer.WriteBlocks(isFlowed ? Unflow(lines) : lines, depth: 0);
        return writer._html.ToString();
    }

    private void WriteBlocks(List<Line> lines, int depth)
    {
        for (var at = 0; at < lines.Count;)
        {
            var isQuote = lines[at].Depth > depth && depth < MaxDepth;
            var end = at;
            while (end < lines.Count && (lines[end].Depth > depth && depth < MaxDepth) == isQuote)
            {
                end++;
            }

            var block = lines.GetRange(at, end - at);
            if (isQuote)
            {
                WriteQuote(block, depth);
            }
            else
            {
                WriteText(block, depth);
            }

            at = end;
        }
    }

    private void WriteQuote(List<Line> block, int depth)
    {
        var isFolded = depth == 0 && block.Count > MaxShownQuote;
        _html.Append(isFolded ? $"<details class=\"quote-fold\"><summary>{HtmlText.Escape(showQuote)}</summary><blockquote>" : "<blockquote>");
        WriteBlocks(block, depth + 1);
        _html.Append(isFolded ? "</blockquote></details>" : "</blockquote>");
    }

    private void WriteText(List<Line> block, int depth)
    {
        var paragraph = new List<string>();
        for (var i = 0; i < block.Count; i++)
        {
            var line = block[i].TextAt(depth);
            if (depth == 0 && line == "-- ")
            {
                Flush(paragraph);
                WriteParagraph([.. block.Skip(i + 1).Select(l => l.TextAt(depth))], " small muted");
                return;
            }

            if (IsPatch(block, i, depth))
            {
                Flush(paragraph);
                var end = block.FindIndex(i, l => l.TextAt(depth) == "-- ");
                end = end < 0 ? block.Count : end;
                WriteFixed([.. block.Take(end).Skip(i).Select(l => l.TextAt(depth))]);
                i = end - 1;
            }
            else if (string.IsNullOrWhiteSpace(line))
            {
                Flush(paragraph);
            }
            else
            {
                paragraph.Add(line);
            }
        }

        Flush(paragraph);
    }

    private static bool IsPatch(List<Line> block, int at, int depth)
    {
        var line = block[at].TextAt(depth);
        return line.StartsWith("diff --git ", StringComparison.Ordinal) || line.StartsWith("@@ -", StringComparison.Ordinal)
            || (line.StartsWith("--- ", StringComparison.Ordinal) && at + 1 < block.Count && block[at + 1].TextAt(depth).StartsWith("+++ ", StringComparison.Ordinal));
    }

    private void Flush(List<string> paragraph)
    {
        if (paragraph.Count == 0)
        {
            return;
        }

        if (paragraph.TrueForAll(l => l.StartsWith('\t') || l.StartsWith("    ", StringComparison.Ordinal)))
        {
            WriteFixed(paragraph);
        }
        else
        {
            WriteParagraph(paragraph, "");
        }

        paragraph.Clear();
    }

    private void WriteFixed(List<string> lines)
    {
        _html.Append("<pre tabindex=\"0\">");
        WriteLines(lines);
        _html.Append("</pre>");
    }

    private void WriteParagraph(List<string> lines, string style)
    {
        while (lines is [.., var last] && string.IsNullOrWhiteSpace(last))
        {
            lines.RemoveAt(lines.Count - 1);
        }

        if (lines.Count > 0)
        {
            _html.Append("<p class=\"plain").Append(style).Append("\" dir=\"auto\">");
            WriteLines(lines);
            _html.Append("</p>");
        }
    }

    private void WriteLines(List<string> lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (i > 0)
            {
                _html.Append('\n');
            }

            WriteLinked(lines[i]);
        }
    }

    private void WriteLinked(string line)
    {
        var at = 0;
        foreach (var match in WebLink().EnumerateMatches(line))
        {
            var length = match.Length;
            while (length > 0 && ".,;:!?)]}'\"".Contains(line[match.Index + length - 1], StringComparison.Ordinal))
            {
                length--; // The sentence's, not the address's.
            }

            var address = line.Substring(match.Index, length);
            if (LinkTarget.IsAbsolute(address))
            {
                var shown = HtmlText.Escape(address);
                _html.Append(HtmlText.Escape(line[at..match.Index])).Append("<a href=\"").Append(shown).Append("\" rel=\"").Append(LinkTarget.ForeignRel).Append("\">").Append(shown).Append("</a>");
                at = match.Index + length;
            }
        }

        _html.Append(HtmlText.Escape(line[at..]));
    }

    /// <summary>Joins the lines of a paragraph (RFC 3676 §4.2) where quote levels agree.</summary>
    private static List<Line> Unflow(List<Line> lines)
    {
        var joined = new List<Line>(lines.Count);
        var goesOn = false;
        foreach (var line in lines)
        {
            var text = line.Text.StartsWith(' ') ? line.Text[1..] : line.Text; // Space-stuffed (§4.4).
            if (goesOn && joined[^1].Depth == line.Depth && text != "-- ")
            {
                joined[^1] = joined[^1] with { Text = joined[^1].Text + text };
            }
            else
            {
                joined.Add(line with { Text = text });
            }

            goesOn = text.EndsWith(' ') && text != "-- ";
        }

        return joined;
    }

    [GeneratedRegex(@"https?://[^\s<>""]+", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex WebLink();

    /// <summary>A line without its quote marks.</summary>
    private readonly record struct Line(int Depth, string Text)
    {
        public static Line Read(string raw)
        {
            var line = raw.TrimEnd('\r');
            var (depth, at) = (0, 0);
            while (at < line.Length && line[at] == '>')
            {
                depth++;
                at++;
                if (at + 1 < line.Length && line[at] == ' ' && line[at + 1] == '>')
                {
                    at++; // "> >" is two levels as well.
                }
            }

            return new(depth, depth > 0 && at < line.Length && line[at] == ' ' ? line[(at + 1)..] : line[at..]);
        }

        /// <summary>At the deepest level shown, further marks stay letters.</summary>
        public string TextAt(int depth) => Depth > depth ? new string('>', Depth - depth) + " " + Text : Text;
    }
}
