using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Plenum.Protocols.Mail.Spf;

/// <summary>Text with macros (RFC 7208 §7), checked once and expanded per message.</summary>
public sealed class SpfMacroString
{
    private static readonly SearchValues<char> Delimiters = SearchValues.Create(".-+,/_=");

    private readonly List<Part> _parts;

    private SpfMacroString(string text, List<Part> parts)
    {
        Text = text;
        _parts = parts;
    }

    /// <summary>As it stands in the record.</summary>
    public string Text { get; }

    /// <summary>Whether %{p} occurs, which costs DNS questions.</summary>
    internal bool NeedsValidatedName => _parts.Exists(part => part.Letter is 'p');

    /// <summary>Parses a macro-string.</summary>
    /// <param name="isExplanation">Also allow blanks and the letters c, r and t (RFC 7208 §7.2).</param>
    public static bool TryParse(string text, bool isExplanation, [NotNullWhen(true)] out SpfMacroString? macro)
    {
        macro = null;
        var parts = new List<Part>();
        for (var at = 0; at < text.Length;)
        {
            if (text[at] != '%')
            {
                if (text[at] is < ' ' or > '~' || (text[at] == ' ' && !isExplanation))
                {
                    return false;
                }

                var end = text.IndexOf('%', at);
                var literal = end < 0 ? text[at..] : text[at..end];
                if (literal.AsSpan().IndexOfAnyExceptInRange(isExplanation ? ' ' : '!', '~') >= 0)
                {
                    return false;
                }

                parts.Add(Part.Plain(literal));
                at += literal.Length;
                continue;
            }

            var next = at + 1 < text.Length ? text[at + 1] : '\0';
            if (next is '%' or '_' or '-')
            {
                parts.Add(Part.Plain(next switch { '%' => "%", '_' => " ", _ => "%20" }));
                at += 2;
                continue;
            }

            var close = next == '{' ? text.IndexOf('}', at) : -1;
            if (close < 0 || !TryReadMacro(text.AsSpan(at + 2, close - at - 2), isExplanation, out var part))
            {
                return false;
            }

            parts.Add(part);
            at = close + 1;
        }

        macro = new SpfMacroString(text, parts);
        return true;
    }

    /// <summary>Parses a domain-spec: a macro-string that ends in a top label or a macro (RFC 7208 §7.1 domain-end).</summary>
    public static bool TryParseDomain(string text, [NotNullWhen(true)] out SpfMacroString? domain)
        => TryParse(text, isExplanation: false, out domain) && domain.EndsLikeDomain();

    /// <summary>Puts in the values of a message.</summary>
    internal string Expand(SpfMacroValues values)
    {
        var expanded = new StringBuilder(Text.Length + 32);
        foreach (var part in _parts)
        {
            if (part.Literal is not null)
            {
                expanded.Append(part.Literal);
                continue;
            }

            var value = Transform(values.ValueOf(part.Letter), part);
            expanded.Append(part.IsEscaped ? Uri.EscapeDataString(value) : value); // RFC 3986 unreserved stays.
        }

        return expanded.ToString();
    }

    private bool EndsLikeDomain()
    {
        if (_parts.Count == 0)
        {
            return false;
        }

        if (_parts[^1].Literal is not { } literal || Text.EndsWith("%%", StringComparison.Ordinal)
            || Text.EndsWith("%_", StringComparison.Ordinal) || Text.EndsWith("%-", StringComparison.Ordinal))
        {
            return true;
        }

        var name = literal.EndsWith('.') ? literal[..^1] : literal;
        var dot = name.LastIndexOf('.');
        return dot >= 0 && IsTopLabel(name.AsSpan(dot + 1));
    }

    /// <summary>RFC 7208 §7.1: letters, digits, inner hyphens; not digits alone.</summary>
    private static bool IsTopLabel(ReadOnlySpan<char> label)
    {
        if (label.IsEmpty || label[0] == '-' || label[^1] == '-')
        {
            return false;
        }

        var isNumber = true;
        foreach (var c in label)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }

            isNumber &= char.IsAsciiDigit(c);
        }

        return !isNumber;
    }

    /// <summary>macro-letter transformers *delimiter, inside the braces.</summary>
    private static bool TryReadMacro(ReadOnlySpan<char> inside, bool isExplanation, out Part part)
    {
        part = default;
        if (inside.IsEmpty || !(isExplanation ? "slodiphcrtv" : "slodiphv").Contains(char.ToLowerInvariant(inside[0])))
        {
            return false;
        }

        var digits = 1;
        while (digits < inside.Length && char.IsAsciiDigit(inside[digits]))
        {
            digits++;
        }

        var keep = int.MaxValue;
        if (digits > 1)
        {
            var number = inside[1..digits].TrimStart('0');
            if (number.IsEmpty) // RFC 7208 §7.1: zero is a syntax error.
            {
                return false;
            }

            keep = number.Length > 3 ? int.MaxValue : int.Parse(number, System.Globalization.CultureInfo.InvariantCulture);
        }

        var rest = inside[digits..];
        var isReversed = !rest.IsEmpty && rest[0] is 'r' or 'R';
        rest = isReversed ? rest[1..] : rest;
        if (rest.IndexOfAnyExcept(Delimiters) >= 0)
        {
            return false;
        }

        part = new Part(null, char.ToLowerInvariant(inside[0]), char.IsAsciiLetterUpper(inside[0]), keep, isReversed, rest.IsEmpty ? "." : rest.ToString());
        return true;
    }

    private static string Transform(string value, Part part)
    {
        if (part is { Keep: int.MaxValue, IsReversed: false, Delimiters: "." })
        {
            return value;
        }

        var labels = value.Split(part.Delimiters.ToCharArray());
        if (part.IsReversed)
        {
            Array.Reverse(labels);
        }

        return string.Join('.', labels.Skip(Math.Max(0, labels.Length - part.Keep)));
    }

    private readonly record struct Part(string? Literal, char Letter, bool IsEscaped, int Keep, bool IsReversed, string Delimiters)
    {
        public static Part Plain(string text) => new(text, '\0', false, 0, false, "");
    }
}
