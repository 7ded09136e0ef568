using System.Buffers;

namespace Plenum.Wikitext.Expansion.Tree;

/// <summary>
/// Finds braces, links' brackets, headings, comments and tags in wikitext, in one pass and without recursion. What has no end is
/// plain text. Time and memory are linear in the text: chains are joined, never copied, and a search that fails is not repeated.
/// </summary>
internal sealed class TreeBuilder
{
    private static readonly SearchValues<char> s_plain = SearchValues.Create("[{<\n");
    private static readonly SearchValues<char> s_link = SearchValues.Create("[{<\n]");
    private static readonly SearchValues<char> s_part = SearchValues.Create("[{<\n}|");
    private static readonly SearchValues<char> s_partName = SearchValues.Create("[{<\n}|=");

    private readonly string _source;
    private readonly TagScanner _tags;
    private readonly int _maxNodes;
    private readonly List<Bracket> _open = [];
    private readonly Stack<Bracket> _spare = [];
    private NodeList _root;
    private Bracket? _top;
    private int _at;
    private int _headings;
    private int _nodeCount;

    private TreeBuilder(string source, TagNames tags, bool forInclusion, int maxNodes)
    {
        _source = source;
        _tags = new TagScanner(source, tags, forInclusion);
        _maxNodes = maxNodes;
    }

    /// <summary>Parses a text.</summary>
    /// <param name="source">Wikitext with LF line ends.</param>
    /// <param name="tags">Names of extension tags.</param>
    /// <param name="forInclusion">True if the text is included in a page: noinclude hides, includeonly shows.</param>
    /// <param name="maxNodes">Nodes that may be made; the text after the last one stays plain.</param>
    public static WikitextTree Parse(string source, TagNames tags, bool forInclusion, int maxNodes)
    {
        var builder = new TreeBuilder(source, tags, forInclusion, maxNodes);
        var isComplete = builder.Run();
        return new(source, builder._root, builder._nodeCount, isComplete);
    }

    private bool Run()
    {
        SkipToOnlyInclude();
        StartLine();
        while (_nodeCount < _maxNodes)
        {
            if (!Step())
            {
                CloseAll();
                return true;
            }
        }

        AddText(_at, _source.Length);
        CloseAll();
        return false;
    }

    /// <summary>Handles the next bracket, tag, line end or separator. False at the end of the text.</summary>
    private bool Step()
    {
        var wanted = _top is null || !_top.WantsPipe ? _top?.Kind is BracketKind.Link ? s_link : s_plain : _top.WantsEquals ? s_partName : s_part;
        var length = _source.AsSpan(_at).IndexOfAny(wanted);
        if (length < 0)
        {
            AddText(_at, _source.Length);
            _at = _source.Length;
            if (_top?.Kind is not BracketKind.Heading)
            {
                return false;
            }

            EndHeading();
            return true;
        }

        var from = _at;
        _at += length;
        switch (_source[_at])
        {
            case '{' when _at > from && _source[_at - 1] == '-':
                AddText(from, _at - 1);
                OpenAfterDash();
                break;
            case '{':
                AddText(from, _at);
                OpenRun(BracketKind.Braces, '{');
                break;
            case '[':
                AddText(from, _at);
                OpenRun(BracketKind.Link, '[');
                break;
            case '<':
                AddText(from, _at);
                ReadTag();
                break;
            case '\n':
                AddText(from, _at);
                ReadLineEnd();
                break;
            case '|':
                AddText(from, _at);
                _top!.NextPart(++_at);
                break;
            case '=':
                AddText(from, _at);
                _top!.Current.SplitAt(_source, _at++);
                break;
            default:
                AddText(from, _at);
                Close();
                break;
        }

        return true;
    }

    private void AddText(int start, int end)
    {
        if (_top is null)
        {
            _root.AddText(_source, start, end);
        }
        else
        {
            _top.Current.Nodes.AddText(_source, start, end);
        }
    }

    private void Add(Node node)
    {
        _nodeCount++;
        if (_top is null)
        {
            _root.Add(node);
        }
        else
        {
            _top.Current.Nodes.Add(node);
        }
    }

    private void Append(NodeList nodes)
    {
        if (_top is null)
        {
            _root.Append(nodes);
        }
        else
        {
            _top.Current.Nodes.Append(nodes);
        }
    }

    private void Push(BracketKind kind, int start, int count, bool hasDash, bool isAtLineStart)
    {
        var bracket = _spare.Count > 0 ? _spare.Pop() : new Bracket();
        bracket.Open(kind, start, count, hasDash, isAtLineStart);
        _open.Add(bracket);
        _top = bracket;
    }

    private Bracket Pop()
    {
        var bracket = _open[^1];
        _open.RemoveAt(_open.Count - 1);
        _top = _open.Count > 0 ? _open[^1] : null;
        return bracket;
    }

    private void Repush(Bracket bracket)
    {
        bracket.ClearParts(bracket.Start + bracket.Count);
        _open.Add(bracket);
        _top = bracket;
    }

    /// <summary>How often the character stands here in a row, counted up to <paramref name="max"/>.</summary>
    private int RunLength(char bracket, int max = int.MaxValue)
    {
        var rest = _source.AsSpan(_at);
        rest = rest.Length > max ? rest[..max] : rest;
        var end = rest.IndexOfAnyExcept(bracket);
        return end < 0 ? rest.Length : end;
    }

    private void OpenRun(BracketKind kind, char bracket)
    {
        var count = RunLength(bracket);
        if (count >= 2)
        {
            Push(kind, _at, count, hasDash: false, _at > 0 && _source[_at - 1] == '\n');
        }
        else
        {
            AddText(_at, _at + count);
        }

        _at += count;
    }

    /// <summary><c>-{</c> begins a conversion; before more braces the dash waits until they are matched.</summary>
    private void OpenAfterDash()
    {
        var count = RunLength('{');
        var isAtLineStart = _at > 1 && _source[_at - 2] == '\n';
        if (count == 1)
        {
            Push(BracketKind.Conversion, _at - 1, 2, hasDash: false, isAtLineStart);
        }
        else
        {
            Push(BracketKind.Braces, _at, count, hasDash: true, isAtLineStart);
        }

        _at += count;
    }

    private void Close()
    {
        switch (_top!.Kind)
        {
            case BracketKind.Link:
                CloseLiteral(']');
                break;
            case BracketKind.Conversion when _at + 1 < _source.Length && _source[_at + 1] == '-':
                _at += 2;
                Unmatch(Pop());
                break;
            case BracketKind.Conversion:
                AddText(_at, ++_at);
                break;
            default:
                CloseBraces();
                break;
        }
    }

    /// <summary>Two closing brackets end a link; what is in it stays text.</summary>
    private void CloseLiteral(char bracket)
    {
        if (RunLength(bracket, Math.Min(_top!.Count, 2)) < 2)
        {
            AddText(_at, ++_at);
            return;
        }

        _at += 2;
        Unmatch(Pop());
    }

    /// <summary>The two innermost brackets of the run and everything up to here become text.</summary>
    private void Unmatch(Bracket bracket)
    {
        var contents = new NodeList();
        var start = bracket.Start + bracket.Count - 2;
        contents.AddText(_source, start, start + 2);
        contents.Append(bracket.Literal(_source));
        contents.AddText(_source, contents.Last!.End, _at);
        KeepRest(bracket, 2);
        Append(contents);
    }

    private void CloseBraces()
    {
        var matched = RunLength('}', Math.Min(_top!.Count, 3));
        if (matched < 2)
        {
            AddText(_at, ++_at);
            return;
        }

        _at += matched;
        var bracket = Pop();
        var start = bracket.Start + bracket.Count - matched;
        var parts = bracket.Parts();
        Node node = matched == 3
            ? new ArgumentNode(_source, start, _at, bracket.Title, parts)
            : new CallNode(_source, start, _at, bracket.Title, parts, bracket.IsAtLineStart && bracket.Count == matched && !bracket.HasDash);
        KeepRest(bracket, matched);
        Add(node);
    }

    /// <summary>Brackets of the run left over wait for another end, as long as they are enough.</summary>
    private void KeepRest(Bracket bracket, int matched)
    {
        bracket.Count -= matched;
        if (bracket.Count >= 2)
        {
            Repush(bracket);
            return;
        }

        if (bracket.Count == 1 && bracket is { Kind: BracketKind.Braces, HasDash: true })
        {
            bracket.BecomeConversion();
            Repush(bracket);
            return;
        }

        AddText(bracket.Start - (bracket.HasDash ? 1 : 0), bracket.Start + bracket.Count);
        _spare.Push(bracket);
    }

    private void CloseAll()
    {
        var rest = new NodeList();
        foreach (var bracket in _open)
        {
            if (bracket.Kind is not BracketKind.Heading)
            {
                rest.AddText(_source, bracket.Start - (bracket.HasDash ? 1 : 0), bracket.Start + bracket.Count);
            }

            rest.Append(bracket.Literal(_source));
        }

        _open.Clear();
        _top = null;
        _root.Append(rest);
        for (var node = _root.First; node is not null; node = node.Next)
        {
            if (node is HeadingNode heading)
            {
                heading.OpensSection = true;
            }
        }
    }

    private void ReadLineEnd()
    {
        if (_top?.Kind is BracketKind.Heading)
        {
            EndHeading(); // The line feed itself comes next: it may start another heading.
            return;
        }

        AddText(_at, ++_at);
        StartLine();
    }

    /// <summary>Equals signs at the start of a line may begin a heading.</summary>
    private void StartLine()
    {
        var signs = RunLength('=', 6);
        if (signs == 0 || (signs == 1 && _top is { WantsEquals: true }))
        {
            return; // A single sign inside a part separates name and value.
        }

        Push(BracketKind.Heading, _at, signs, hasDash: false, isAtLineStart: true);
        _top!.ClearParts(_at);
        AddText(_at, _at + signs);
        _at += signs;
    }

    private void EndHeading()
    {
        var heading = Pop();
        var level = HeadingLine.LevelOf(_source, heading.Start, _at, heading.Count, _tags.CommentBefore);
        var children = heading.Literal(_source);
        _spare.Push(heading);
        if (level == 0)
        {
            Append(children);
        }
        else
        {
            Add(new HeadingNode(_source, heading.Start, _at, children, level, ++_headings));
        }
    }

    private void ReadTag()
    {
        var found = _tags.Read(_at, out var node, out var next);
        switch (found)
        {
            case TagScanner.Found.OnlyIncludeEnd:
                SkipToOnlyInclude();
                return;
            case TagScanner.Found.CommentLines:
                DropBlanksBefore(node!.Start);
                Add(node);
                _at = next;
                StartLine();
                return;
            case TagScanner.Found.Node:
                Add(node!);
                break;
            default:
                AddText(_at, next);
                break;
        }

        _at = next;
    }

    /// <summary>Blanks before a comment that fills its line belong to the comment.</summary>
    private void DropBlanksBefore(int start)
    {
        var last = _top is null ? _root.Last : _top.Current.Nodes.Last;
        if (last is TextNode text && text.Start <= start && text.End > start)
        {
            text.End = start;
        }
    }

    private void SkipToOnlyInclude()
    {
        if (!_tags.HasOnlyInclude)
        {
            return;
        }

        var next = _tags.AfterOnlyInclude(_at);
        if (next > _at)
        {
            Add(new IgnoredNode(_source, _at, next));
            _at = next;
        }
    }
}
