namespace Plenum.Protocols.Tests.Wikitext.ParserTests;

/// <summary>Options of a case: words, and words with values (<c>title=[[Page]] thumbsize=220 replace=1,"text" parsoid={...}</c>).</summary>
public sealed class ParserTestOptions
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.OrdinalIgnoreCase);

    public ParserTestOptions(string text)
    {
        var lines = text.Split('\n').Where(l => !l.TrimStart().StartsWith('#'));
        var rest = string.Join('\n', lines).Trim();
        while (rest.Length > 0)
        {
            var length = rest.IndexOfAny([' ', '\n', '\t', '=']);
            var key = length < 0 ? rest : rest[..length];
            rest = length < 0 ? "" : rest[length..].TrimStart();
            List<string> values = [];
            if (rest.StartsWith('='))
            {
                do
                {
                    rest = rest[1..].TrimStart();
                    values.Add(TakeValue(ref rest));
                }
                while (rest.StartsWith(','));
            }

            _values[key] = values;
            rest = rest.TrimStart();
        }
    }

    /// <summary>The first value of an option; null without one.</summary>
    public string? this[string key] => _values.TryGetValue(key, out var values) && values.Count > 0 ? values[0] : null;

    public bool Has(string key) => _values.ContainsKey(key);

    public IReadOnlyList<string> All(string key) => _values.TryGetValue(key, out var values) ? values : [];

    private static string TakeValue(ref string rest)
    {
        var (length, value) = rest switch
        {
            ['[', '[', ..] => Until(rest, "]]", 2),
            ['"', ..] => Quoted(rest),
            ['{', ..] => Json(rest),
            _ => Bare(rest),
        };
        rest = rest[length..];
        return value;
    }

    private static (int Length, string Value) Until(string text, string end, int skip)
    {
        var at = text.IndexOf(end, StringComparison.Ordinal);
        return at < 0 ? (text.Length, text[skip..]) : (at + end.Length, text[skip..at]);
    }

    private static (int Length, string Value) Quoted(string text)
    {
        var end = 1;
        while (end < text.Length && text[end] != '"')
        {
            end += text[end] == '\\' ? 2 : 1;
        }

        return (Math.Min(end + 1, text.Length), text[1..Math.Min(end, text.Length)].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal));
    }

    private static (int Length, string Value) Json(string text)
    {
        var depth = 0;
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (quoted)
            {
                i += text[i] == '\\' ? 1 : 0;
                quoted = text[Math.Min(i, text.Length - 1)] != '"' || text[i - 1] == '\\';
            }
            else if (text[i] == '"')
            {
                quoted = true;
            }
            else if (text[i] is '{' or '}')
            {
                depth += text[i] == '{' ? 1 : -1;
                if (depth == 0)
                {
                    return (i + 1, text[..(i + 1)]);
                }
            }
        }

        return (text.Length, text);
    }

    private static (int Length, string Value) Bare(string text)
    {
        var end = text.IndexOfAny([' ', '\n', '\t', ',']);
        return end < 0 ? (text.Length, text) : (end, text[..end]);
    }
}
