using System.Globalization;
using System.Text;

namespace Plenum.Protocols.Mail.Sieve.Syntax;

/// <summary>Splits a script into words (RFC 5228 §8.1).</summary>
internal sealed class Lexer(string script)
{
    private int _at;
    private int _line = 1;
    private int _lineStart;

    private Position Here => new(_line, _at - _lineStart + 1);

    public Token Next()
    {
        if (!TrySkipBlank(out var open))
        {
            return new(TokenKind.Broken, "A comment does not end.", 0, open);
        }

        var start = Here;
        if (_at == script.Length)
        {
            return new(TokenKind.End, "", 0, start);
        }

        var c = script[_at];
        if (c == '"')
        {
            return Quoted(start);
        }

        if ("()[]{},;".Contains(c, StringComparison.Ordinal))
        {
            _at++;
            return new(TokenKind.Sign, c.ToString(), 0, start);
        }

        if (char.IsAsciiDigit(c))
        {
            return Number(start);
        }

        if (c == ':')
        {
            _at++;
            var tag = Word();
            return tag.Length > 0 ? new(TokenKind.Tag, tag, 0, start) : new(TokenKind.Broken, "A name is missing after the colon.", 0, start);
        }

        var word = Word();
        if (word.Length == 0)
        {
            return new(TokenKind.Broken, $"The character '{c}' has no meaning here.", 0, start);
        }

        if (word == "text" && _at < script.Length && script[_at] == ':')
        {
            _at++;
            return MultiLine(start);
        }

        return new(TokenKind.Identifier, word, 0, start);
    }

    private string Word()
    {
        var start = _at;
        while (_at < script.Length && (char.IsAsciiLetter(script[_at]) || script[_at] == '_' || (_at > start && char.IsAsciiDigit(script[_at]))))
        {
            _at++;
        }

        return script[start.._at].ToLowerInvariant();
    }

    // number = 1*DIGIT ["K" / "M" / "G"]
    private Token Number(Position start)
    {
        var from = _at;
        while (_at < script.Length && char.IsAsciiDigit(script[_at]))
        {
            _at++;
        }

        var digits = script.AsSpan(from, _at - from);
        var shift = 0;
        if (_at < script.Length)
        {
            shift = char.ToUpperInvariant(script[_at]) switch { 'K' => 10, 'M' => 20, 'G' => 30, _ => 0 };
            _at += shift > 0 ? 1 : 0;
        }

        // RFC 5228 §2.4.1: at least 2^31 - 1.
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= long.MaxValue >> (shift + 1)
            ? new(TokenKind.Number, "", number << shift, start)
            : new(TokenKind.Broken, "The number is too large.", 0, start);
    }

    private Token Quoted(Position start)
    {
        var text = new StringBuilder();
        for (_at++; _at < script.Length; Step())
        {
            if (script[_at] == '"')
            {
                _at++;
                return new(TokenKind.String, text.ToString(), 0, start);
            }

            if (script[_at] == '\\' && _at + 1 < script.Length)
            {
                Step();
            }

            text.Append(script[_at]);
        }

        return new(TokenKind.Broken, "A string does not end.", 0, start);
    }

    // multi-line = "text:" *(SP / HTAB) (hash-comment / CRLF) *(multiline-literal / multiline-dotstart) "." CRLF
    private Token MultiLine(Position start)
    {
        while (_at < script.Length && script[_at] is ' ' or '\t')
        {
            _at++;
        }

        var rest = TakeLine();
        if (rest.Length > 0 && rest[0] != '#')
        {
            return new(TokenKind.Broken, "A line ends after \"text:\".", 0, start);
        }

        var text = new StringBuilder();
        while (_at < script.Length)
        {
            var line = TakeLine();
            if (line is ".")
            {
                return new(TokenKind.String, text.ToString(), 0, start);
            }

            text.Append(line is ['.', ..] ? line[1..] : line).Append("\r\n");
        }

        return new(TokenKind.Broken, "A text does not end with a line that is one dot.", 0, start);
    }

    private ReadOnlySpan<char> TakeLine()
    {
        var end = script.IndexOf('\n', _at) is var at and >= 0 ? at : script.Length;
        var line = script.AsSpan(_at, end - _at).TrimEnd('\r');
        _at = end;
        if (_at < script.Length)
        {
            Step();
        }

        return line;
    }

    private bool TrySkipBlank(out Position open)
    {
        open = default;
        while (_at < script.Length)
        {
            if (script[_at] is ' ' or '\t' or '\r' or '\n')
            {
                Step();
            }
            else if (script[_at] == '#')
            {
                TakeLine();
            }
            else if (script[_at] == '/' && _at + 1 < script.Length && script[_at + 1] == '*')
            {
                open = Here;
                var end = script.IndexOf("*/", _at + 2, StringComparison.Ordinal);
                if (end < 0)
                {
                    _at = script.Length;
                    return false;
                }

                while (_at < end + 2)
                {
                    Step();
                }
            }
            else
            {
                return true;
            }
        }

        return true;
    }

    private void Step()
    {
        if (script[_at++] == '\n')
        {
            _line++;
            _lineStart = _at;
        }
    }
}
