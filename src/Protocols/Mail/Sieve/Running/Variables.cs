using System.Globalization;
using System.Text;
using Plenum.Protocols.Mail.Sieve.Program;

namespace Plenum.Protocols.Mail.Sieve.Running;

/// <summary>Variables of one run (RFC 5229): names in any case, numbered ones from the last wildcard match.</summary>
internal sealed class Variables(SieveLimits limits)
{
    private const int MaxNumbered = 9; // RFC 5229 §3: at least nine.

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What "${0}" to "${9}" stand for.</summary>
    public IReadOnlyList<string> Matched { get; set; } = [];

    public static bool IsName(string name)
        => name.Length > 0 && (char.IsAsciiLetter(name[0]) || name[0] == '_') && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    public string this[string name] => _values.GetValueOrDefault(name, "");

    /// <returns>False if there is no room for another.</returns>
    public bool TrySet(string name, string value)
    {
        if (!_values.ContainsKey(name) && _values.Count >= limits.MaxVariables)
        {
            return false;
        }

        _values[name] = Cut(value, limits.MaxVariableLength);
        return true;
    }

    /// <summary>Puts values in place of "${name}" and "${1}"; what is no reference stays (RFC 5229 §3).</summary>
    public string Expand(string text)
    {
        if (!text.Contains("${", StringComparison.Ordinal))
        {
            return text;
        }

        var expanded = new StringBuilder();
        var at = 0;
        while (text.IndexOf("${", at, StringComparison.Ordinal) is var start and >= 0)
        {
            expanded.Append(text, at, start - at);
            var end = text.IndexOf('}', start);
            var name = end < 0 ? "" : text[(start + 2)..end];
            if (ValueOf(name) is { } value)
            {
                expanded.Append(value);
                at = end + 1;
            }
            else
            {
                expanded.Append("${");
                at = start + 2;
            }
        }

        return expanded.Append(text, at, text.Length - at).ToString();
    }

    public static string Modify(string value, ValueModifier modifier) => modifier switch
    {
        // RFC 5229 §4.1: the letters of ASCII only.
        ValueModifier.Lower => string.Concat(value.Select(AsciiLower)),
        ValueModifier.Upper => string.Concat(value.Select(AsciiUpper)),
        ValueModifier.LowerFirst when value.Length > 0 => AsciiLower(value[0]) + value[1..],
        ValueModifier.UpperFirst when value.Length > 0 => AsciiUpper(value[0]) + value[1..],
        ValueModifier.QuoteWildcard => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal),
        ValueModifier.Length => value.EnumerateRunes().Count().ToString(CultureInfo.InvariantCulture),
        _ => value,
    };

    private static char AsciiLower(char c) => char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;

    private static char AsciiUpper(char c) => char.IsAsciiLetterLower(c) ? (char)(c & ~0x20) : c;

    private string? ValueOf(string name)
    {
        if (name.Length is > 0 and <= 9 && name.All(char.IsAsciiDigit))
        {
            var number = int.Parse(name, CultureInfo.InvariantCulture);
            return number <= MaxNumbered && number < Matched.Count ? Matched[number] : "";
        }

        return IsName(name) ? this[name] : null;
    }

    private static string Cut(string value, int length)
        => value.Length <= length ? value : value[..(char.IsHighSurrogate(value[length - 1]) ? length - 1 : length)];
}
