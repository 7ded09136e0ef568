using System.Text;

namespace Plenum.Protocols.Mail.Imap.Mime;

/// <summary>Reads the words of a structured header field (RFC 5322 §3.2, §4): comments and folding skipped, broken input taken as far as it goes.</summary>
internal ref struct HeaderWords(ReadOnlySpan<char> text)
{
    // Deeper comments are read as one.
    private const int MaxCommentDepth = 20;

    private ReadOnlySpan<char> _rest = text;

    /// <summary>The text of the comment passed last, without its parentheses; some old mails put the name there.</summary>
    public string? LastComment { get; set; }

    public bool IsAtEnd
    {
        get
        {
            SkipBlank();
            return _rest.IsEmpty;
        }
    }

    public bool Sees(char c)
    {
        SkipBlank();
        return !_rest.IsEmpty && _rest[0] == c;
    }

    public bool Take(char c)
    {
        if (!Sees(c))
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    /// <summary>Passes one character that fits nowhere.</summary>
    public void Skip() => _rest = _rest.IsEmpty ? _rest : _rest[1..];

    /// <summary>The next atom or quoted string, escapes undone.</summary>
    /// <param name="ends">Characters an atom stops at, beside blanks, quotes and parentheses.</param>
    /// <returns>Null if there is none.</returns>
    public string? Word(ReadOnlySpan<char> ends)
    {
        SkipBlank();
        if (_rest.IsEmpty)
        {
            return null;
        }

        if (_rest[0] == '"')
        {
            return Quoted();
        }

        var length = 0;
        while (length < _rest.Length && _rest[length] is not (' ' or '\t' or '\r' or '\n' or '"' or '(' or ')') && !ends.Contains(_rest[length]))
        {
            length++;
        }

        var word = _rest[..length];
        _rest = _rest[length..];
        return length == 0 ? null : word.ToString();
    }

    /// <summary>"[192.0.2.1]" with its brackets.</summary>
    public string DomainLiteral()
    {
        var end = _rest.IndexOf(']');
        var literal = end < 0 ? _rest : _rest[..(end + 1)];
        _rest = _rest[literal.Length..];
        return literal.ToString();
    }

    private string Quoted()
    {
        var text = new StringBuilder();
        var at = 1;
        for (; at < _rest.Length && _rest[at] != '"'; at++)
        {
            if (_rest[at] == '\\' && at + 1 < _rest.Length)
            {
                at++;
            }

            text.Append(_rest[at]);
        }

        _rest = at < _rest.Length ? _rest[(at + 1)..] : default;
        return text.ToString();
    }

    private void SkipBlank()
    {
        while (!_rest.IsEmpty)
        {
            if (_rest[0] is ' ' or '\t' or '\r' or '\n')
            {
                _rest = _rest[1..];
            }
            else if (_rest[0] == '(')
            {
                SkipComment();
            }
            else
            {
                return;
            }
        }
    }

    private void SkipComment()
    {
        var (depth, at) = (0, 0);
        for (; at < _rest.Length; at++)
        {
            if (_rest[at] == '\\')
            {
                at++;
            }
            else if (_rest[at] == '(' && depth < MaxCommentDepth)
            {
                depth++;
            }
            else if (_rest[at] == ')' && --depth == 0)
            {
                break;
            }
        }

        at = Math.Min(at, _rest.Length);
        LastComment = _rest[1..Math.Max(at, 1)].ToString();
        _rest = at < _rest.Length ? _rest[(at + 1)..] : default;
    }
}
