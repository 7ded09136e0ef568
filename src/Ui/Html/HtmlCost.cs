using System.Buffers;

namespace Plenum.Ui.Html;

/// <summary>
/// Estimates from above, in one pass and without a tree, how deep and large the tree of an HTML text will be, so that a parser is
/// only given what it can take. Deep nesting ends a process by stack overflow; unclosed formatting elements multiply in every
/// block that follows (HTML §13.2.4.3).
/// </summary>
public ref struct HtmlCost
{
    public const int MaxLength = 512 * 1024; // Characters. Newsletters have 30 to 150 thousand.
    public const int MaxDepth = 128; // Tables in tables of old newsletters reach about 60.
    public const int MaxElements = 60_000; // Counting copies of formatting elements.
    public const int MaxAttributes = 64; // Of one element; checking for doubles grows with the square.

    private static readonly SearchValues<string> Raw = SearchValues.Create(
        ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"], StringComparison.OrdinalIgnoreCase);

    private static readonly string[] Void = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr", "keygen", "frame"];
    private static readonly string[] Formatting = ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

    // A second one closes the first by itself, wherever something on the list of open elements does not shield it.
    private static readonly string[] ClosesItself = ["p", "li", "dd", "dt", "option", "optgroup"];
    private static readonly string[] Cells = ["td", "th", "tr", "tbody", "thead", "tfoot", "caption", "col", "colgroup"];

    private readonly ReadOnlySpan<char> _html;
    private readonly List<string> _open = [];
    private int _at;
    private int _formatting;
    private long _elements;
    private string? _raw;
    private bool _isForeign;

    private HtmlCost(ReadOnlySpan<char> html) => _html = html;

    /// <summary>May a parser be given this text?</summary>
    public static bool IsBearable(ReadOnlySpan<char> html) => html.Length <= MaxLength && new HtmlCost(html).Walk();

    private bool Walk()
    {
        while (true)
        {
            var next = _html[_at..].IndexOf('<');
            if (next < 0 || _at + next + 1 >= _html.Length)
            {
                return true;
            }

            _at += next + 1;
            var letter = _html[_at];
            if (char.IsAsciiLetter(letter))
            {
                if (!Start())
                {
                    return false;
                }
            }
            else if (letter == '/' && _at + 1 < _html.Length && char.IsAsciiLetter(_html[_at + 1]))
            {
                _at++;
                End();
            }
            else if (letter is '!' or '?' or '/' && _raw is null)
            {
                SkipComment();
            }
        }
    }

    private bool Start()
    {
        var name = Name();
        if (!SkipAttributes(out _))
        {
            return false;
        }

        _elements += 1 + _formatting;
        if (_elements > MaxElements)
        {
            return false;
        }

        if (_raw is not null || Void.Contains(name))
        {
            return true;
        }

        if (name is "svg" or "math")
        {
            _isForeign = true; // Other rules hold in there: nothing closes any more, everything counts.
        }

        if (!_isForeign && Cells.Contains(name))
        {
            CloseCell();
            if (name is not ("td" or "th"))
            {
                return true; // Rows and sections live as long as their table and are never deeper than three.
            }
        }
        else if (!_isForeign && ClosesItself.Contains(name))
        {
            return true;
        }

        _open.Add(name);
        if (Formatting.Contains(name))
        {
            _formatting++;
        }

        if (Raw.Contains(name) && !_isForeign)
        {
            _raw = name;
        }

        return _open.Count <= MaxDepth;
    }

    private void End()
    {
        var name = Name();
        SkipAttributes(out _);
        if (_raw is not null)
        {
            if (_raw == name)
            {
                _raw = null;
                Remove(name);
            }

            return;
        }

        if (_isForeign)
        {
            return;
        }

        if (name is "td" or "th" or "tr" or "tbody" or "thead" or "tfoot")
        {
            CloseCell();
        }
        else
        {
            if (name == "table")
            {
                CloseCell();
            }

            Remove(name);
        }
    }

    /// <summary>Removes the nearest element of the name that only formatting elements shield; they stay, as they do in a browser.</summary>
    private void Remove(string name)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i] == name)
            {
                _open.RemoveAt(i);
                if (Formatting.Contains(name))
                {
                    _formatting--;
                }

                return;
            }

            if (!Formatting.Contains(_open[i]))
            {
                return;
            }
        }
    }

    /// <summary>A cell takes along what was left open in it.</summary>
    private void CloseCell()
    {
        for (var i = _open.Count - 1; i >= 0 && _open[i] is not ("table" or "template"); i--)
        {
            if (_open[i] is "td" or "th")
            {
                for (var inner = _open.Count - 1; inner >= i; inner--)
                {
                    if (Formatting.Contains(_open[inner]))
                    {
                        _formatting--;
                    }
                }

                _open.RemoveRange(i, _open.Count - i);
                return;
            }
        }
    }

    private string Name()
    {
        var start = _at;
        while (_at < _html.Length && _html[_at] is not ('>' or '/') && !IsSpace(_html[_at]))
        {
            _at++;
        }

        return _html[start..Math.Min(_at, start + 20)].ToString().ToLowerInvariant();
    }

    /// <summary>Moves behind the tag's ">"; a quote only counts where a value begins (HTML §13.2.5.37).</summary>
    private bool SkipAttributes(out int count)
    {
        count = 0;
        while (_at < _html.Length)
        {
            var letter = _html[_at++];
            if (letter == '>')
            {
                return count <= MaxAttributes;
            }

            if (letter == '/' || IsSpace(letter))
            {
                continue;
            }

            count++;
            while (_at < _html.Length && _html[_at] is not ('=' or '>' or '/') && !IsSpace(_html[_at]))
            {
                _at++;
            }

            SkipSpace();
            if (_at < _html.Length && _html[_at] == '=')
            {
                _at++;
                SkipSpace();
                SkipValue();
            }
        }

        return count <= MaxAttributes;
    }

    private void SkipValue()
    {
        if (_at >= _html.Length)
        {
            return;
        }

        if (_html[_at] is '"' or '\'')
        {
            var close = _html[(_at + 1)..].IndexOf(_html[_at]);
            _at = close < 0 ? _html.Length : _at + close + 2;
            return;
        }

        while (_at < _html.Length && _html[_at] != '>' && !IsSpace(_html[_at]))
        {
            _at++;
        }
    }

    private void SkipSpace()
    {
        while (_at < _html.Length && IsSpace(_html[_at]))
        {
            _at++;
        }
    }

    /// <summary>Comments end at "-->", "--!>", or at once at "&lt;!-->" and "&lt;!--->"; anything else after "&lt;!" ends at the next ">".</summary>
    private void SkipComment()
    {
        var rest = _html[_at..];
        if (!rest.StartsWith("!--"))
        {
            var end = rest.IndexOf('>');
            _at = end < 0 ? _html.Length : _at + end + 1;
            return;
        }

        rest = rest[3..];
        _at += 3;
        if (rest.StartsWith(">") || rest.StartsWith("->"))
        {
            _at += rest[0] == '>' ? 1 : 2;
            return;
        }

        var plain = rest.IndexOf("-->");
        var odd = rest.IndexOf("--!>");
        if (plain < 0 && odd < 0)
        {
            _at = _html.Length;
        }
        else
        {
            _at += plain >= 0 && (odd < 0 || plain < odd) ? plain + 3 : odd + 4;
        }
    }

    private static bool IsSpace(char letter) => letter is ' ' or '\t' or '\n' or '\r' or '\f';
}
