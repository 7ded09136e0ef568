namespace Plenum.Wikitext.Expansion.Tree;

/// <summary>Reads what starts with "&lt;": comments, extension tags, the tags that rule inclusion.</summary>
internal sealed class TagScanner
{
    private const string OnlyIncludeStart = "<onlyinclude>";
    private const string OnlyIncludeEnd = "</onlyinclude>";

    private readonly string _source;
    private readonly TagNames _names;
    private readonly bool _forInclusion;

    /// <summary>Names, as written, that have no more end tags: looking again would cost the length of the text each time.</summary>
    private readonly HashSet<string> _withoutEnd = new(StringComparer.Ordinal);
    private bool _noMoreTagEnds;
    private int _commentEnd = -1;
    private int _beforeComment = -1;

    public TagScanner(string source, TagNames names, bool forInclusion)
    {
        _source = source;
        _names = names;
        _forInclusion = forInclusion;
        HasOnlyInclude = forInclusion && source.Contains(OnlyIncludeStart, StringComparison.Ordinal) && source.Contains(OnlyIncludeEnd, StringComparison.Ordinal);
    }

    public enum Found
    {
        /// <summary>No tag: the characters up to the next place are text.</summary>
        Text,

        Node,

        /// <summary>A comment that takes whole lines with it.</summary>
        CommentLines,

        /// <summary>Everything up to the next onlyinclude is hidden.</summary>
        OnlyIncludeEnd,
    }

    /// <summary>True if only the parts between onlyinclude tags count.</summary>
    public bool HasOnlyInclude { get; }

    /// <summary>Place after the next onlyinclude tag, or the end of the text.</summary>
    public int AfterOnlyInclude(int at)
    {
        var start = _source.IndexOf(OnlyIncludeStart, at, StringComparison.Ordinal);
        return start < 0 ? _source.Length : start + OnlyIncludeStart.Length;
    }

    /// <summary>If comments end at <paramref name="end"/>: where the text before them ended. Else <paramref name="end"/>.</summary>
    public int CommentBefore(int end) => end == _commentEnd ? _beforeComment : end;

    /// <summary>Reads at a "&lt;".</summary>
    /// <param name="node">What was found.</param>
    /// <param name="next">Where reading goes on.</param>
    public Found Read(int at, out Node? node, out int next)
    {
        node = null;
        next = at + 1;
        var rest = _source.AsSpan(at);
        if (rest.StartsWith("<!--"))
        {
            return ReadComment(at, out node, out next);
        }

        if (HasOnlyInclude && rest.StartsWith(OnlyIncludeEnd))
        {
            return Found.OnlyIncludeEnd;
        }

        var isEnd = rest.Length > 1 && rest[1] == '/';
        var name = NameAt(at + (isEnd ? 2 : 1));
        if (name.IsEmpty)
        {
            return Found.Text;
        }

        if (IsUnseenTag(name))
        {
            return Skip(at, at + 1 + name.Length + (isEnd ? 1 : 0), out node, out next);
        }

        return !isEnd && (IsHidden(name) || _names.IsExtension(name)) ? ReadElement(at, name, out node, out next) : Found.Text;
    }

    /// <summary>Tags that vanish while what is between them counts.</summary>
    private bool IsUnseenTag(ReadOnlySpan<char> name)
        => _forInclusion
            ? name.Equals(TagNames.IncludeOnly, StringComparison.OrdinalIgnoreCase)
            : name.Equals(TagNames.NoInclude, StringComparison.OrdinalIgnoreCase) || name.Equals(TagNames.OnlyInclude, StringComparison.OrdinalIgnoreCase);

    /// <summary>Elements that vanish with their contents.</summary>
    private bool IsHidden(ReadOnlySpan<char> name)
        => name.Equals(_forInclusion ? TagNames.NoInclude : TagNames.IncludeOnly, StringComparison.OrdinalIgnoreCase);

    /// <summary>Elements whose missing end tag means: up to the end of the text. Only as spelled here.</summary>
    private static bool MayLackEnd(ReadOnlySpan<char> name) => name is TagNames.NoInclude or TagNames.IncludeOnly;

    /// <summary>The name of a tag if white space, "&gt;" or "/&gt;" follows it.</summary>
    private ReadOnlySpan<char> NameAt(int start)
    {
        var end = start;
        while (end < _source.Length && (char.IsAsciiLetterOrDigit(_source[end]) || _source[end] is '-' or '_'))
        {
            end++;
        }

        if (end == start || end == _source.Length)
        {
            return default;
        }

        var ends = IsWhite(_source[end]) || _source[end] == '>' || (_source[end] == '/' && end + 1 < _source.Length && _source[end + 1] == '>');
        return ends ? _source.AsSpan(start, end - start) : default;
    }

    private static bool IsWhite(char c) => c is ' ' or (>= '\t' and <= '\r');

    private Found Skip(int at, int from, out Node? node, out int next)
    {
        node = null;
        next = at + 1;
        var end = TagEnd(from);
        if (end < 0)
        {
            return Found.Text;
        }

        next = end + 1;
        node = new IgnoredNode(_source, at, next);
        return Found.Node;
    }

    private int TagEnd(int from)
    {
        var end = _noMoreTagEnds ? -1 : _source.IndexOf('>', from);
        _noMoreTagEnds |= end < 0;
        return end;
    }

    private Found ReadElement(int at, ReadOnlySpan<char> name, out Node? node, out int next)
    {
        node = null;
        next = at + 1;
        var attributesAt = at + 1 + name.Length;
        var tagEnd = TagEnd(attributesAt);
        if (tagEnd < 0)
        {
            return Found.Text;
        }

        Range? content = null;
        var attributesEnd = tagEnd;
        next = tagEnd + 1;
        if (_source[tagEnd - 1] == '/')
        {
            attributesEnd--;
        }
        else if (TryFindEndTag(name, tagEnd + 1, out var contentEnd, out var elementEnd))
        {
            content = (tagEnd + 1)..contentEnd;
            next = elementEnd;
        }
        else if (MayLackEnd(name))
        {
            content = (tagEnd + 1).._source.Length;
            next = _source.Length;
        }
        else
        {
            return Found.Text; // An opening tag without an end is text.
        }

        node = IsHidden(name)
            ? new IgnoredNode(_source, at, next)
            : new TagNode(_source, at, next) { Name = name.ToString(), Attributes = attributesAt..Math.Max(attributesAt, attributesEnd), Content = content };
        return Found.Node;
    }

    private bool TryFindEndTag(ReadOnlySpan<char> name, int from, out int start, out int end)
    {
        start = end = 0;
        var unended = _withoutEnd.GetAlternateLookup<ReadOnlySpan<char>>();
        if (unended.Contains(name))
        {
            return false;
        }

        var tag = string.Concat("</", name);
        for (start = _source.IndexOf(tag, from, StringComparison.OrdinalIgnoreCase); start >= 0;
            start = _source.IndexOf(tag, start + 1, StringComparison.OrdinalIgnoreCase))
        {
            end = start + tag.Length;
            while (end < _source.Length && IsWhite(_source[end]))
            {
                end++;
            }

            if (end < _source.Length && _source[end] == '>')
            {
                end++;
                return true;
            }
        }

        unended.Add(name);
        return false;
    }

    /// <summary>
    /// A comment, or several in a row, alone on a line goes with that line, so that no blank line stays behind.
    /// </summary>
    private Found ReadComment(int at, out Node? node, out int next)
    {
        var close = CommentEnd(at);
        if (close < 0)
        {
            next = _source.Length;
            node = new CommentNode(_source, at, next);
            return Found.Node;
        }

        var start = at;
        while (start > 0 && _source[start - 1] is ' ' or '\t')
        {
            start--;
        }

        var end = close;
        var fillsLine = start > 0 && _source[start - 1] == '\n' && IsLineEndAfterComments(ref end);
        next = fillsLine ? end + 1 : close;
        node = new CommentNode(_source, fillsLine ? start : at, next);
        if (_commentEnd != start)
        {
            _beforeComment = start; // Else comments touch: the text still ends before the first one.
        }

        _commentEnd = next;
        return fillsLine ? Found.CommentLines : Found.Node;
    }

    /// <summary>Steps over blanks and further comments. Asked only at the start of a line, so no comment is stepped over twice.</summary>
    private bool IsLineEndAfterComments(ref int at)
    {
        at = SkipBlanks(at);
        while (_source.AsSpan(at).StartsWith("<!--") && CommentEnd(at) is > 0 and var another)
        {
            at = SkipBlanks(another);
        }

        return at < _source.Length && _source[at] == '\n';
    }

    private int CommentEnd(int at)
    {
        var end = _source.IndexOf("-->", at + 4, StringComparison.Ordinal);
        return end < 0 ? -1 : end + 3;
    }

    private int SkipBlanks(int at)
    {
        while (at < _source.Length && _source[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }
}
