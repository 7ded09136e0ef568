using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Plenum.Protocols.Mail.AuthResults;

/// <summary>Reads the grammar of RFC 8601 §2.2, comments included.</summary>
internal ref struct AuthResultsScanner(ReadOnlySpan<char> text)
{
    /// <summary>Comments within comments; deeper nesting only serves to blow a stack.</summary>
    private const int MaxCommentDepth = 20;

    /// <summary>Results in one field; stops fields made to cost memory.</summary>
    private const int MaxMethods = 200;

    private ReadOnlySpan<char> _rest = text;

    public static bool TryReadAll(string value, [NotNullWhen(true)] out AuthenticationResults? results)
    {
        results = null;
        var scanner = new AuthResultsScanner(value);
        if (!scanner.TryReadId(out var id))
        {
            return false;
        }

        var version = 1;
        if (scanner.SkipBlanks() && scanner.TryReadToken(out var number)
            && !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out version))
        {
            return false;
        }

        var methods = new List<MethodResult>();
        while (scanner.TrySkip(';'))
        {
            if (!scanner.TryReadMethod(out var method, out var isNone) || methods.Count == MaxMethods)
            {
                return false;
            }

            if (method is not null)
            {
                methods.Add(method);
            }
            else if (!isNone && !scanner.IsAtEnd())
            {
                return false;
            }
        }

        results = scanner.IsAtEnd() ? new AuthenticationResults(id, methods) { Version = version } : null;
        return results is not null;
    }

    /// <summary>The authserv-id alone: all that is needed to know a forgery.</summary>
    public bool TryReadId(out string id) => TryReadValue(out id) && id.Length > 0;

    /// <summary>Reads one result; null and true for "none", or for nothing after a last ";" as some hosts write.</summary>
    private bool TryReadMethod(out MethodResult? method, out bool isNone)
    {
        method = null;
        isNone = false;
        if (IsAtEnd())
        {
            return true;
        }

        if (!TryReadToken(out var name))
        {
            return false;
        }

        var version = 1;
        if (TrySkip('/') && !(TryReadToken(out var number) && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out version)))
        {
            return false;
        }

        if (!TrySkip('='))
        {
            isNone = name.Equals("none", StringComparison.OrdinalIgnoreCase);
            return isNone;
        }

        if (!TryReadToken(out var result))
        {
            return false;
        }

        string? reason = null;
        var properties = new List<ResultProperty>();
        while (SkipBlanks() && _rest.Length > 0 && _rest[0] != ';')
        {
            if (!TryReadProperty(ref reason, properties))
            {
                return false;
            }
        }

        method = new MethodResult(name.ToLowerInvariant(), result.ToLowerInvariant(), properties) { Reason = reason, Version = version };
        return true;
    }

    /// <summary>reason=… or ptype.property=…; the type ends at the first dot.</summary>
    private bool TryReadProperty(ref string? reason, List<ResultProperty> properties)
    {
        if (!TryReadToken(out var name))
        {
            return false;
        }

        if (TrySkip('.') && TryReadToken(out var rest)) // Blanks around the dot.
        {
            name = name.TrimEnd('.') + '.' + rest;
        }
        else if (name.EndsWith('.') && TryReadToken(out rest))
        {
            name += rest;
        }

        if (!TrySkip('=') || !TryReadPropertyValue(out var value))
        {
            return false;
        }

        var dot = name.IndexOf('.');
        if (dot > 0 && dot < name.Length - 1)
        {
            properties.Add(new ResultProperty(name[..dot].ToLowerInvariant(), name[(dot + 1)..].ToLowerInvariant(), value));
            return true;
        }

        reason ??= value;
        return name.Equals("reason", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A value, or an address part by part: "ada"@example.org. Real fields also hold "/", "+=" and ":" (base64, IPv6) unquoted.</summary>
    private bool TryReadPropertyValue(out string value)
    {
        SkipBlanks();
        var text = new StringBuilder();
        while (_rest.Length > 0 && _rest[0] is not (' ' or '\t' or '\r' or '\n' or ';' or '('))
        {
            if (_rest[0] == '"')
            {
                if (!TryReadQuoted(text))
                {
                    value = "";
                    return false;
                }

                continue;
            }

            if (char.IsControl(_rest[0]))
            {
                value = "";
                return false;
            }

            text.Append(_rest[0]);
            _rest = _rest[1..];
        }

        value = text.ToString();
        return true;
    }

    private bool TryReadValue(out string value)
    {
        SkipBlanks();
        var text = new StringBuilder();
        if (_rest.Length > 0 && _rest[0] == '"')
        {
            var isQuoted = TryReadQuoted(text);
            value = text.ToString();
            return isQuoted;
        }

        return TryReadToken(out value);
    }

    private bool TryReadToken(out string token)
    {
        SkipBlanks();
        var length = 0;
        while (length < _rest.Length && AuthResultsText.IsTokenChar(_rest[length]))
        {
            length++;
        }

        token = _rest[..length].ToString();
        _rest = _rest[length..];
        return length > 0;
    }

    private bool TryReadQuoted(StringBuilder text)
    {
        for (var i = 1; i < _rest.Length; i++)
        {
            switch (_rest[i])
            {
                case '"':
                    _rest = _rest[(i + 1)..];
                    return true;
                case '\\' when i + 1 < _rest.Length && !char.IsControl(_rest[i + 1]):
                    text.Append(_rest[++i]);
                    break;
                case '\r' or '\n':
                    break;
                case '\t':
                    text.Append(' ');
                    break;
                case var c when char.IsControl(c): // RFC 5322 §3.2.4: not in a quoted string.
                    return false;
                default:
                    text.Append(_rest[i]);
                    break;
            }
        }

        return false;
    }

    private bool TrySkip(char c)
    {
        SkipBlanks();
        if (_rest.Length == 0 || _rest[0] != c)
        {
            return false;
        }

        _rest = _rest[1..];
        return true;
    }

    private bool IsAtEnd()
    {
        SkipBlanks();
        return _rest.IsEmpty;
    }

    /// <summary>Skips blanks, folding and comments (CFWS). An open comment swallows the rest. Always true.</summary>
    private bool SkipBlanks()
    {
        var depth = 0;
        var at = 0;
        for (; at < _rest.Length; at++)
        {
            var c = _rest[at];
            if (c == '(' && depth < MaxCommentDepth)
            {
                depth++;
            }
            else if (c == ')' && depth > 0)
            {
                depth--;
            }
            else if (c == '\\' && depth > 0)
            {
                at++;
            }
            else if (depth == 0 && c is not (' ' or '\t' or '\r' or '\n'))
            {
                break;
            }
        }

        _rest = _rest[Math.Min(at, _rest.Length)..];
        return true;
    }
}
