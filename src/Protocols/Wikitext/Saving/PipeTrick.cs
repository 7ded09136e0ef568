using System.Text;

namespace Plenum.Wikitext.Saving;

/// <summary>
/// Writes out the text of links that end in a bare pipe: <c>[[Help:Ada (person), Bonn|]]</c> becomes
/// <c>[[Help:Ada (person), Bonn|Ada]]</c>; <c>[[|Bob]]</c> takes the context from the page's own name.
/// </summary>
internal static class PipeTrick
{
    /// <summary>No page has a longer name.</summary>
    private const int MaxLength = 1024;

    private static readonly string[] s_commas = [", ", "，", "، "];

    public static string Complete(string text, string pageName)
    {
        if (!text.Contains("|]]", StringComparison.Ordinal) && !text.Contains("[[|", StringComparison.Ordinal))
        {
            return text;
        }

        var result = new StringBuilder(text.Length + 64);
        var done = 0;
        for (var open = text.IndexOf("[[", StringComparison.Ordinal); open >= 0; open = text.IndexOf("[[", open + 1, StringComparison.Ordinal))
        {
            if (open < done || !TryComplete(text, open, pageName, out var link, out var end))
            {
                continue;
            }

            result.Append(text, done, open - done).Append(link);
            done = end;
        }

        return done == 0 ? text : result.Append(text, done, text.Length - done).ToString();
    }

    private static bool TryComplete(string text, int open, string pageName, out string link, out int end)
    {
        link = "";
        end = 0;
        var start = open + 2;
        var stop = EndOfTitle(text, start);
        if (stop > start && text.AsSpan(stop).StartsWith("|]]"))
        {
            end = stop + 3;
            var title = text[start..stop];
            if (FindName(title) is not { } name)
            {
                return false;
            }

            link = $"[[{title}|{name}]]";
            return true;
        }

        if (stop != start || start >= text.Length || text[start] != '|')
        {
            return false;
        }

        stop = EndOfTitle(text, start + 1);
        if (stop == start + 1 || !text.AsSpan(stop).StartsWith("]]"))
        {
            return false;
        }

        end = stop + 2;
        link = WithContext(text[(start + 1)..stop], pageName);
        return true;
    }

    /// <summary>What a link shows: its title without namespace, brackets at the end and what follows a comma. Null if nothing is left.</summary>
    private static string? FindName(string title)
        => title.Length > MaxLength ? null : InBrackets(title, '(', ')') ?? InBrackets(title, '（', '）') ?? BeforeComma(title);

    private static string? InBrackets(string title, char open, char close)
    {
        if (title[^1] != close)
        {
            return null;
        }

        foreach (var start in Starts(title))
        {
            for (var at = title.IndexOf(open, Math.Min(start + 1, title.Length)); at >= 0; at = title.IndexOf(open, at + 1))
            {
                if (at + 2 < title.Length && at > start)
                {
                    var name = title[at - 1] == ' ' && at - 1 > start ? title[start..(at - 1)] : title[start..at];
                    return name;
                }
            }
        }

        return null;
    }

    private static string? BeforeComma(string title)
    {
        foreach (var start in Starts(title))
        {
            for (var at = start + 1; at <= title.Length; at++)
            {
                if (IsContext(title.AsSpan(at)))
                {
                    return title[start..at];
                }
            }
        }

        return null;
    }

    /// <summary>Nothing, brackets, a comma and more, or both.</summary>
    private static bool IsContext(ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || IsAfterComma(rest))
        {
            return true;
        }

        rest = rest[0] == ' ' ? rest[1..] : rest;
        if (rest.Length < 3 || rest[0] != '(')
        {
            return false;
        }

        for (var close = rest.LastIndexOf(')'); close >= 2; close = rest[..close].LastIndexOf(')'))
        {
            if (close == rest.Length - 1 || IsAfterComma(rest[(close + 1)..]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAfterComma(ReadOnlySpan<char> rest)
    {
        foreach (var comma in s_commas)
        {
            if (rest.StartsWith(comma) && rest.Length > comma.Length)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the name may begin: after a namespace, after a colon, at the start.</summary>
    private static IEnumerable<int> Starts(string title)
    {
        var from = title[0] == ':' ? 1 : 0;
        var colon = title.IndexOf(':', from);
        if (colon > from && IsNamespace(title.AsSpan(from, colon - from)) && colon + 1 < title.Length)
        {
            yield return colon + 1;
        }

        if (from == 1 && title.Length > 1)
        {
            yield return 1;
        }

        yield return 0;
    }

    private static bool IsNamespace(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!(char.IsAsciiLetterOrDigit(c) || c is ' ' or '_' or '-' or >= '\u0080'))
            {
                return false;
            }
        }

        return true;
    }

    private static int EndOfTitle(string text, int start)
    {
        var end = start;
        while (end < text.Length && end - start <= MaxLength && text[end] is >= ' ' and not ('#' or '<' or '>' or '[' or ']' or '{' or '|' or '}' or '\u007F'))
        {
            end++;
        }

        return end;
    }

    private static string WithContext(string name, string pageName)
    {
        var colon = pageName.IndexOf(':');
        var prefix = colon > 0 && colon + 1 < pageName.Length && IsNamespace(pageName.AsSpan(0, colon)) ? pageName[..(colon + 1)] : "";
        if (pageName.EndsWith(')') && pageName.IndexOf(" (", Math.Min(prefix.Length + 1, pageName.Length), StringComparison.Ordinal) is > 0 and var bracket && bracket + 3 < pageName.Length)
        {
            return $"[[{prefix}{name}{pageName[bracket..]}|{name}]]";
        }

        var comma = pageName.IndexOf(", ", Math.Min(prefix.Length + 1, pageName.Length), StringComparison.Ordinal);
        var suffix = comma > 0 && comma + 2 < pageName.Length ? pageName[comma..] : "";
        return prefix.Length + suffix.Length > 0 ? $"[[{prefix}{name}{suffix}|{name}]]" : $"[[{name}]]";
    }
}
