namespace Plenum.Wikitext.Parsing;

/// <summary>Apostrophes: two make italic, three bold, five both; what does not add up on a line is repaired as MediaWiki does.</summary>
internal sealed class Quotes
{
    private readonly List<Run> _runs = [];

    /// <summary>What is open, in order of opening.</summary>
    private enum Style
    {
        Plain,
        Bold,
        Italic,
        BoldItalic,
        ItalicBold,

        /// <summary>Five apostrophes opened both; which comes first shows at the first end.</summary>
        Both,
    }

    /// <summary>Each line on its own.</summary>
    public void RunLines(ReadOnlySpan<char> text, TextBuffer output)
    {
        while (true)
        {
            var quote = text.IndexOf("''");
            if (quote < 0)
            {
                output.Append(text);
                return;
            }

            // Lines without quotes are copied at once.
            var start = text[..quote].LastIndexOf('\n') + 1;
            var length = text[quote..].IndexOf('\n');
            output.Append(text[..start]);
            if (length < 0)
            {
                RunLine(text[start..], output);
                return;
            }

            RunLine(text[start..(quote + length)], output);
            text = text[(quote + length)..];
        }
    }

    /// <summary>All of the text as if it were one line (the text of a link).</summary>
    public void RunLine(ReadOnlySpan<char> line, TextBuffer output)
    {
        if (line.IndexOf("''") < 0)
        {
            output.Append(line);
            return;
        }

        Find(line);
        Repair(line);
        Write(line, output);
    }

    /// <summary>Finds the runs; what a run has beyond 2, 3 or 5 becomes text before it.</summary>
    private void Find(ReadOnlySpan<char> line)
    {
        _runs.Clear();
        for (var at = 0; at < line.Length;)
        {
            var step = line[at..].IndexOf("''");
            if (step < 0)
            {
                return;
            }

            at += step;
            var length = line[at..].IndexOfAnyExcept('\'');
            length = length < 0 ? line.Length - at : length;
            _runs.Add(new(at, length, length switch
            {
                4 => 3,
                > 5 => 5,
                _ => length,
            }));
            at += length;
        }
    }

    /// <summary>
    /// If both bold and italic are odd, one bold was an apostrophe before an italic: best after a word of one letter, else after a
    /// longer word, else after a blank.
    /// </summary>
    private void Repair(ReadOnlySpan<char> line)
    {
        int bold = 0, italic = 0;
        foreach (var run in _runs)
        {
            bold += run.Marks is 3 or 5 ? 1 : 0;
            italic += run.Marks is 2 or 5 ? 1 : 0;
        }

        if (bold % 2 == 0 || italic % 2 == 0)
        {
            return;
        }

        int afterLetter = -1, afterWord = -1, afterBlank = -1;
        for (var i = 0; i < _runs.Count && afterLetter < 0; i++)
        {
            if (_runs[i].Marks != 3)
            {
                continue;
            }

            var before = line[(i == 0 ? 0 : _runs[i - 1].Start + _runs[i - 1].Length).._runs[i].Start];
            var (last, beforeLast) = LastTwo(before, hasQuote: _runs[i].Length > 3);
            if (last == ' ')
            {
                afterBlank = afterBlank < 0 ? i : afterBlank;
            }
            else if (beforeLast == ' ')
            {
                afterLetter = i;
            }
            else
            {
                afterWord = afterWord < 0 ? i : afterWord;
            }
        }

        var chosen = afterLetter >= 0 ? afterLetter : afterWord >= 0 ? afterWord : afterBlank;
        if (chosen >= 0)
        {
            _runs[chosen] = _runs[chosen] with { Marks = 2 };
        }
    }

    /// <summary>The two octets before a run as far as they are ASCII; a letter beyond ASCII has more than one octet.</summary>
    private static (char Last, char BeforeLast) LastTwo(ReadOnlySpan<char> text, bool hasQuote)
    {
        if (hasQuote)
        {
            return ('\'', text is [.., var c] ? c : '\'');
        }

        return text switch
        {
            [] => ('\0', '\0'),
            [var only] => (only, only),
            [.., var before, var last] => (last, char.IsAscii(last) ? before : '\0'),
        };
    }

    private void Write(ReadOnlySpan<char> line, TextBuffer output)
    {
        var style = Style.Plain;
        var both = 0;
        var at = 0;
        foreach (var run in _runs)
        {
            output.Append(line[at..run.Start]);
            output.Append(line.Slice(run.Start, run.Length - run.Marks));
            at = run.Start + run.Length;
            if (style == Style.Both)
            {
                style = CloseBoth(run.Marks, both, output);
            }
            else if (style == Style.Plain && run.Marks == 5)
            {
                style = Style.Both;
                both = output.Length;
            }
            else
            {
                style = Next(style, run.Marks, output);
            }
        }

        output.Append(line[at..]);
        if (style == Style.Both)
        {
            if (output.Length > both)
            {
                Insert("<b><i>", both, output);
                output.Append("</i></b>");
            }

            return;
        }

        output.Append(style is Style.Bold or Style.ItalicBold ? "</b>" : "");
        output.Append(style is Style.Italic or Style.BoldItalic or Style.ItalicBold ? "</i>" : "");
        output.Append(style is Style.BoldItalic ? "</b>" : "");
    }

    private static Style CloseBoth(int marks, int both, TextBuffer output)
    {
        if (marks == 2)
        {
            Insert("<b><i>", both, output);
            output.Append("</i>");
            return Style.Bold;
        }

        Insert("<i><b>", both, output);
        output.Append(marks == 3 ? "</b>" : "</b></i>");
        return marks == 3 ? Style.Italic : Style.Plain;
    }

    private static void Insert(string tags, int at, TextBuffer output)
    {
        var rest = output.Text[at..].ToString();
        output.Truncate(at);
        output.Append(tags);
        output.Append(rest);
    }

    private static Style Next(Style style, int marks, TextBuffer output)
    {
        var (tags, next) = (marks, style) switch
        {
            (2, Style.Italic) => ("</i>", Style.Plain),
            (2, Style.BoldItalic) => ("</i>", Style.Bold),
            (2, Style.ItalicBold) => ("</b></i><b>", Style.Bold),
            (2, Style.Bold) => ("<i>", Style.BoldItalic),
            (2, _) => ("<i>", Style.Italic),
            (3, Style.Bold) => ("</b>", Style.Plain),
            (3, Style.BoldItalic) => ("</i></b><i>", Style.Italic),
            (3, Style.ItalicBold) => ("</b>", Style.Italic),
            (3, Style.Italic) => ("<b>", Style.ItalicBold),
            (3, _) => ("<b>", Style.Bold),
            (_, Style.Bold) => ("</b><i>", Style.Italic),
            (_, Style.Italic) => ("</i><b>", Style.Bold),
            (_, Style.BoldItalic) => ("</i></b>", Style.Plain),
            _ => ("</b></i>", Style.Plain),
        };
        output.Append(tags);
        return next;
    }

    /// <summary>Apostrophes in a row.</summary>
    /// <param name="Marks">How many of them, from the end, are markup: 2, 3 or 5.</param>
    private readonly record struct Run(int Start, int Length, int Marks);
}
