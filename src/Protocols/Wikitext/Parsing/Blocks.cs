namespace Plenum.Wikitext.Parsing;

/// <summary>
/// Makes lists from lines that start with <c>* # ; :</c>, preformatted text from lines that start with a blank, and paragraphs from
/// the rest, where no block stands already.
/// </summary>
internal sealed class Blocks(TextBuffer output)
{
    /// <summary>Lists within lists; further signs are text.</summary>
    private const int MaxListDepth = 64;

    private const string ListSigns = "*#:;";
    private const string Blanks = " \t\n\r\0\v";

    /// <summary>What a line of text continues.</summary>
    private enum Flow
    {
        None,
        Paragraph,
        Preformatted,
    }

    /// <summary>A paragraph that starts when text follows.</summary>
    private enum Pending
    {
        None,
        Start,
        EndAndStart,
    }

    private Flow _flow;
    private Pending _pending;
    private bool _inPreTag;
    private bool _inBlock;
    private bool _inBlockquote;
    private bool _termIsOpen;

    /// <summary>The signs of the item that is open, ";" written as ":".</summary>
    private string _open = "";

    /// <param name="startsLine">False if the text goes on a line that has begun before it.</param>
    public void Run(ReadOnlySpan<char> text, bool startsLine = true)
    {
        var depth = 0;
        while (true)
        {
            var end = text.IndexOf('\n');
            var line = end < 0 ? text : text[..end];
            if (startsLine)
            {
                depth = Line(line, isLast: end < 0);
            }
            else
            {
                output.Append(line);
                startsLine = true;
            }

            if (end < 0)
            {
                break;
            }

            text = text[(end + 1)..];
        }

        for (; depth > 0; depth--)
        {
            CloseList(_open[depth - 1]);
        }

        CloseFlow(newline: false);
    }

    /// <returns>Number of list signs the line starts with.</returns>
    private int Line(ReadOnlySpan<char> line, bool isLast)
    {
        var tags = LineTags.Read(line);
        var signs = default(ReadOnlySpan<char>);
        if (!_inPreTag)
        {
            var count = line.IndexOfAnyExcept(ListSigns);
            count = count < 0 ? line.Length : count;
            signs = line[..Math.Min(count, MaxListDepth)];
            _inPreTag = tags.OpensPre;
        }

        var content = line[signs.Length..];
        if (signs.Length > 0 || _open.Length > 0)
        {
            content = ListItem(signs, content);
        }

        if (signs.IsEmpty)
        {
            // List signs hold no tags, so the line's tags are the content's.
            content = Text(content, tags);
        }

        if (tags.ClosesPre)
        {
            _inPreTag = false;
        }

        if (_pending != Pending.None)
        {
            return signs.Length;
        }

        if (signs.Length > 0)
        {
            output.Append(content.Trim(Blanks));
            return signs.Length;
        }

        output.Append(content);
        output.Append(!isLast || _flow != Flow.None ? "\n" : "");
        return 0;
    }

    private ReadOnlySpan<char> ListItem(ReadOnlySpan<char> signs, ReadOnlySpan<char> content)
    {
        _pending = Pending.None;
        var normal = signs.ToString().Replace(';', ':');
        if (normal == _open)
        {
            NextItem(signs[^1]);
            return signs[^1] == ';' ? Term(content) : content;
        }

        var common = signs.CommonPrefixLength(_open);
        for (var depth = _open.Length; depth > common; depth--)
        {
            CloseList(_open[depth - 1]);
        }

        if (signs.Length <= common && common > 0)
        {
            NextItem(signs[common - 1]);
        }

        if (_termIsOpen && common > 0 && signs[common - 1] == ':')
        {
            NextItem(':');
        }

        output.Append(_open.Length > 0 && signs.Length > common ? "\n" : "");
        for (var depth = common; depth < signs.Length; depth++)
        {
            OpenList(signs[depth]);
            if (signs[depth] == ';')
            {
                content = Term(content);
            }
        }

        output.Append(signs.IsEmpty && _open.Length > 0 ? "\n" : "");
        _open = normal;
        return content;
    }

    /// <summary><c>; term : definition</c> on one line.</summary>
    private ReadOnlySpan<char> Term(ReadOnlySpan<char> content)
    {
        var colon = TermColon.Find(content);
        if (colon < 0)
        {
            return content;
        }

        output.Append(content[..colon].Trim(Blanks));
        NextItem(':');
        return content[(colon + 1)..];
    }

    private void OpenList(char sign)
    {
        CloseFlow();
        _termIsOpen |= sign == ';';
        output.Append(sign switch
        {
            '*' => "<ul><li>",
            '#' => "<ol><li>",
            ':' => "<dl><dd>",
            _ => "<dl><dt>",
        });
    }

    private void NextItem(char sign)
    {
        if (sign is '*' or '#')
        {
            output.Append("</li>\n<li>");
            return;
        }

        output.Append(_termIsOpen ? "</dt>\n" : "</dd>\n");
        _termIsOpen = sign == ';';
        output.Append(_termIsOpen ? "<dt>" : "<dd>");
    }

    private void CloseList(char sign)
    {
        if (sign is '*' or '#')
        {
            output.Append(sign == '*' ? "</li></ul>" : "</li></ol>");
            return;
        }

        output.Append(_termIsOpen ? "</dt></dl>" : "</dd></dl>");
        _termIsOpen = false;
    }

    /// <summary>A line that is no list item.</summary>
    /// <returns>What is left to write.</returns>
    private ReadOnlySpan<char> Text(ReadOnlySpan<char> line, LineTags tags)
    {
        if (tags.StartsBlock || tags.EndsBlock)
        {
            _pending = Pending.None;
            if (!_inPreTag || tags.OpensPre)
            {
                CloseFlow();
            }

            _inPreTag |= tags.OpensPre && !tags.ClosesPre;
            _inBlockquote = tags.Blockquote ?? _inBlockquote;
            _inBlock = !tags.EndsBlock;
            return line;
        }

        if (_inBlock || _inPreTag)
        {
            return line;
        }

        var isBlank = line.Trim(Blanks).IsEmpty;
        if (line is [' ', ..] && (_flow == Flow.Preformatted || !isBlank) && !_inBlockquote)
        {
            if (_flow != Flow.Preformatted)
            {
                _pending = Pending.None;
                CloseFlow();
                output.Append("<pre>");
                _flow = Flow.Preformatted;
            }

            return line[1..];
        }

        if (LineTags.IsOnlyStyle(line))
        {
            if (_pending != Pending.None)
            {
                CloseFlow();
                _pending = Pending.None;
            }

            return line;
        }

        Paragraph(isBlank);
        return line;
    }

    private void Paragraph(bool isBlank)
    {
        if (_pending != Pending.None)
        {
            output.Append(_pending == Pending.Start ? "<p>" : "</p><p>");
            output.Append(isBlank ? "<br />" : "");
            _pending = Pending.None;
            _flow = Flow.Paragraph;
        }
        else if (isBlank && _flow == Flow.Paragraph)
        {
            _pending = Pending.EndAndStart;
        }
        else if (isBlank)
        {
            CloseFlow();
            _pending = Pending.Start;
        }
        else if (_flow != Flow.Paragraph)
        {
            CloseFlow();
            output.Append("<p>");
            _flow = Flow.Paragraph;
        }
    }

    private void CloseFlow(bool newline = true)
    {
        if (_flow != Flow.None)
        {
            output.Append(_flow == Flow.Paragraph ? "</p>" : "</pre>");
            output.Append(newline ? "\n" : "");
        }

        _inPreTag = false;
        _flow = Flow.None;
    }
}
