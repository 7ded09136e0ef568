using Plenum.Wikitext.Sanitizing;

namespace Plenum.Wikitext.Parsing;

/// <summary>Tables: lines that start with <c>{| |+ |- | ! |}</c>.</summary>
internal static class Tables
{
    private const string Blanks = " \t\r\0\v";

    private static readonly AllowedTag Table = AllowedTags.Find("table")!;
    private static readonly AllowedTag Row = AllowedTags.Find("tr")!;

    public static void Run(ReadOnlySpan<char> text, TextBuffer output, PageParser page)
    {
        if (text.IndexOf("{|") < 0)
        {
            output.Append(text);
            return;
        }

        using var reader = new Reader(output, page);
        reader.Run(text);
    }

    /// <summary>A table that is being read.</summary>
    private struct Open()
    {
        public bool HasCell;
        public bool HasRow;
        public bool HadRow;
        public string RowAttributes = "";
        public string CellTag = "";
    }

    private sealed class Reader(TextBuffer output, PageParser page) : IDisposable
    {
        private readonly Stack<Open> _outer = [];
        private readonly TextBuffer _attributes = new();
        private Open _table = new();
        private int _depth;
        private int _indent;

        public void Run(ReadOnlySpan<char> text)
        {
            var start = output.Length;
            while (true)
            {
                var end = text.IndexOf('\n');
                Line(end < 0 ? text : text[..end]);
                output.Append('\n');
                if (end < 0)
                {
                    break;
                }

                text = text[(end + 1)..];
            }

            while (_depth > 0)
            {
                output.Append(_table.HasCell ? "</td>\n" : "");
                output.Append(_table.HasRow ? "</tr>\n" : "");
                output.Append(_table.HadRow ? "" : "<tr><td></td></tr>\n");
                output.Append("</table>\n");
                Leave();
            }

            output.Truncate(output.Length - 1);
            if (output.Text[start..] is "<table>\n<tr><td></td></tr>\n</table>")
            {
                output.Truncate(start);
            }
        }

        public void Dispose() => _attributes.Dispose();

        private void Line(ReadOnlySpan<char> original)
        {
            var line = original.Trim(Blanks);
            var colons = line.IndexOfAnyExcept(':');
            if (colons >= 0 && line[colons..].TrimStart(Blanks).StartsWith("{|"))
            {
                Start(colons, line[colons..].TrimStart(Blanks)[2..]);
            }
            else if (_depth == 0 || line.IsEmpty)
            {
                output.Append(original);
            }
            else if (line.StartsWith("|}"))
            {
                End(line[2..]);
            }
            else if (line.StartsWith("|-"))
            {
                NextRow(line.TrimStart('|').TrimStart('-'));
            }
            else if (line[0] is '|' or '!')
            {
                Cells(line);
            }
            else
            {
                output.Append(original);
            }
        }

        private void Start(int indent, ReadOnlySpan<char> attributes)
        {
            _indent = indent;
            for (var i = 0; i < indent; i++)
            {
                output.Append("<dl><dd>");
            }

            output.Append("<table");
            page.CopyAttributes(attributes, Table, output);
            output.Append('>');
            _outer.Push(_table);
            _table = new();
            _depth++;
        }

        private void End(ReadOnlySpan<char> rest)
        {
            CloseCell();
            output.Append(_table.HasRow ? "</tr>" : "");
            output.Append(_table.HadRow ? "" : "<tr><td></td></tr>");
            output.Append("</table>");
            output.Append(_indent > 0 ? rest.TrimEnd() : rest);
            for (var i = 0; i < _indent; i++)
            {
                output.Append("</dd></dl>");
            }

            Leave();
        }

        private void NextRow(ReadOnlySpan<char> attributes)
        {
            CloseCell();
            output.Append(_table.HasRow ? "</tr>" : "");
            _attributes.Clear();
            page.CopyAttributes(attributes, Row, _attributes);
            _table = new() { HadRow = true, RowAttributes = _attributes.ToString() };
        }

        private void Cells(ReadOnlySpan<char> line)
        {
            var isCaption = line.StartsWith("|+");
            var isHeader = line[0] == '!';
            var tag = isCaption ? "caption" : isHeader ? "th" : "td";
            line = line[(isCaption ? 2 : 1)..];
            while (true)
            {
                var end = EndOfCell(line, isHeader);
                Cell(end < 0 ? line : line[..end], tag);
                if (end < 0)
                {
                    return;
                }

                line = line[(end + 2)..];
            }
        }

        private void Cell(ReadOnlySpan<char> cell, string tag)
        {
            if (_table.HasCell)
            {
                CloseCell();
                output.Append('\n');
            }

            if (tag != "caption")
            {
                if (!_table.HasRow)
                {
                    output.Append("<tr");
                    output.Append(_table.RowAttributes);
                    output.Append(">\n");
                }

                _table.HasRow = true;
                _table.HadRow = true;
                _table.RowAttributes = "";
            }

            _table.CellTag = tag;
            _table.HasCell = true;
            output.Append('<');
            output.Append(tag);
            var bar = cell.IndexOf('|');
            if (bar >= 0 && cell[..bar].IndexOf("[[") < 0 && cell[..bar].IndexOf("-{") < 0)
            {
                // A bar inside a link does not part attributes from content.
                page.CopyAttributes(cell[..bar], AllowedTags.Find(tag)!, output);
                cell = cell[(bar + 1)..];
            }

            output.Append('>');
            output.Append(cell.Trim(Blanks + "\n"));
        }

        private void CloseCell()
        {
            if (_table.HasCell)
            {
                output.Append("</");
                output.Append(_table.CellTag);
                output.Append('>');
            }
        }

        private void Leave()
        {
            _table = _outer.Pop();
            _depth--;
        }

        /// <summary>Position of the next "||"; in header lines "!!" outside tags parts cells too.</summary>
        private static int EndOfCell(ReadOnlySpan<char> line, bool isHeader)
        {
            if (!isHeader)
            {
                return line.IndexOf("||");
            }

            for (var at = 0; at < line.Length; at++)
            {
                var step = line[at..].IndexOfAny('|', '!', '<');
                if (step < 0)
                {
                    return -1;
                }

                at += step;
                if (line[at] == '<')
                {
                    // Inside a tag only bars part cells.
                    var close = line[at..].IndexOf('>');
                    if (close > 0 && line.Slice(at, close).IndexOf("||") is >= 0 and var bars)
                    {
                        return at + bars;
                    }

                    at += Math.Max(close, 0);
                }
                else if (at + 1 < line.Length && line[at + 1] == line[at])
                {
                    return at;
                }
            }

            return -1;
        }
    }
}
