namespace Plenum.Wikitext.Tree;

internal enum TagKind
{
    Text,
    Start,
    End,
}

/// <summary>Splits HTML into tags and text. Reads each character a constant number of times.</summary>
internal ref struct TagScanner(ReadOnlySpan<char> html)
{
    private readonly ReadOnlySpan<char> _html = html;
    private int _at;
    private int _attributes;
    private int _noTagEndBefore = -1;
    private readonly List<HtmlAttribute> _found = [];

    public TagKind Kind { get; private set; }

    public ElementName Name { get; private set; } = ElementName.Root;

    public ReadOnlySpan<char> Text { get; private set; }

    /// <summary>Reads the next tag or the text up to it.</summary>
    public bool TryRead()
    {
        while (_at < _html.Length)
        {
            if (_html[_at] == '<')
            {
                if (_html[_at..].StartsWith("<!--"))
                {
                    var end = _html[(_at + 4)..].IndexOf("-->");
                    _at = end < 0 ? _html.Length : _at + 4 + end + 3;
                    continue;
                }

                if (TryReadTag())
                {
                    return true;
                }
            }

            var next = _html[(_at + 1)..].IndexOf('<');
            while (next >= 0 && !StartsTag(_at + 1 + next))
            {
                var further = _html[(_at + 2 + next)..].IndexOf('<');
                next = further < 0 ? -1 : next + 1 + further;
            }

            var length = next < 0 ? _html.Length - _at : next + 1;
            Kind = TagKind.Text;
            Text = _html.Slice(_at, length);
            _at += length;
            return true;
        }

        return false;
    }

    /// <summary>The attributes of the start tag just read; of two with one name the first counts.</summary>
    public readonly HtmlAttribute[] ReadAttributes()
    {
        var rest = _html[_attributes..(_at - 1)];
        if (rest.IndexOfAnyExcept(HtmlCharacters.BetweenAttributes) < 0)
        {
            return HtmlElement.NoAttributes;
        }

        _found.Clear();
        while (AttributeScanner.TryRead(ref rest, out var name, out var value))
        {
            var lower = AttributeScanner.Lower(name);
            if (!IsFound(lower))
            {
                _found.Add(new(lower, TextContent.DecodeReferences(value)));
            }
        }

        return [.. _found];
    }

    private readonly bool IsFound(string name)
    {
        foreach (var attribute in _found)
        {
            if (attribute.Name == name)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The text up to the end tag of the raw-text element just read, which is skipped.</summary>
    public ReadOnlySpan<char> ReadRawText()
    {
        var rest = _html[_at..];
        var end = rest.IndexOf(string.Concat("</", Name.Text), StringComparison.OrdinalIgnoreCase);
        if (end < 0)
        {
            _at = _html.Length;
            return rest;
        }

        var close = rest[end..].IndexOf('>');
        _at = close < 0 ? _html.Length : _at + end + close + 1;
        return rest[..end];
    }

    private readonly bool StartsTag(int at)
        => at + 1 < _html.Length
            && (char.IsAsciiLetter(_html[at + 1])
                || (_html[at + 1] == '/' && at + 2 < _html.Length && char.IsAsciiLetter(_html[at + 2]))
                || _html[at..].StartsWith("<!--"));

    private bool TryReadTag()
    {
        if (!StartsTag(_at) || _noTagEndBefore >= 0)
        {
            return false;
        }

        var isEnd = _html[_at + 1] == '/';
        var start = _at + (isEnd ? 2 : 1);
        var nameLength = _html[start..].IndexOfAny(HtmlCharacters.TagNameEnds);
        var end = nameLength < 0 ? -1 : EndOfTag(start + nameLength);
        if (end < 0)
        {
            _noTagEndBefore = _at;
            return false;
        }

        Name = NameOf(_html.Slice(start, nameLength));
        Kind = isEnd ? TagKind.End : TagKind.Start;
        _attributes = start + nameLength;
        _at = end + 1;
        return true;
    }

    /// <summary>Position of the ">" that ends the tag: the first one outside quoted values.</summary>
    private readonly int EndOfTag(int from)
    {
        for (var at = from; at < _html.Length; at++)
        {
            var step = _html[at..].IndexOfAny('>', '"', '\'');
            if (step < 0)
            {
                return -1;
            }

            at += step;
            if (_html[at] == '>')
            {
                return at;
            }

            var close = _html[(at + 1)..].IndexOf(_html[at]);
            if (close < 0)
            {
                return -1;
            }

            at += close + 1;
        }

        return -1;
    }

    private static ElementName NameOf(ReadOnlySpan<char> name)
        => name.ContainsAnyInRange('A', 'Z') ? ElementName.Of(AttributeScanner.Lower(name)) : ElementName.Of(name);
}
