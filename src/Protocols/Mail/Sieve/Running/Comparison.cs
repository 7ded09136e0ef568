namespace Plenum.Protocols.Mail.Sieve.Running;

/// <summary>Comparators (RFC 4790) and wildcards (RFC 5228 §2.7.1).</summary>
internal static class Comparison
{
    /// <summary>Compares for :value and :is.</summary>
    /// <returns>Below, at or above zero.</returns>
    public static int Compare(string left, string right, Comparator comparator)
        => comparator == Comparator.AsciiNumeric ? CompareNumbers(left, right) : string.CompareOrdinal(Fold(left, comparator), Fold(right, comparator));

    public static bool Holds(int order, Relation relation) => relation switch
    {
        Relation.Greater => order > 0,
        Relation.GreaterOrEqual => order >= 0,
        Relation.Less => order < 0,
        Relation.LessOrEqual => order <= 0,
        Relation.Equal => order == 0,
        _ => order != 0,
    };

    public static bool Contains(string text, string key, Comparator comparator) => Fold(text, comparator).Contains(Fold(key, comparator), StringComparison.Ordinal);

    /// <summary>"*" stands for any text and takes as little as it can, "?" for one character, "\" takes away a meaning.</summary>
    /// <param name="matched">The whole text, then what each wildcard stood for; empty without a match.</param>
    /// <param name="steps">Trials that are left; below 0 the match was given up.</param>
    public static bool Matches(string text, string pattern, Comparator comparator, ref int steps, out IReadOnlyList<string> matched)
    {
        matched = [];
        var (words, folded) = (Split(Fold(pattern, comparator)), Fold(text, comparator));
        var found = new List<string> { text };
        if (!TryFit(words[0], folded, 0, out var at, text, found))
        {
            return false;
        }

        for (var i = 1; i < words.Count; i++)
        {
            var isLast = i == words.Count - 1;
            var star = found.Count;
            found.Add("");
            // The last word is bound to the end; each word before takes the first place it fits, which leaves most to the rest.
            var start = isLast ? EndFor(words[i], folded, at) : at;
            for (; start <= folded.Length; start++)
            {
                steps -= 1 + words[i].Count;
                if (steps < 0)
                {
                    return false;
                }

                if (TryFit(words[i], folded, start, out var end, text, found) && (!isLast || end == folded.Length))
                {
                    found[star] = text[at..start];
                    at = end;
                    break;
                }

                found.RemoveRange(star + 1, found.Count - star - 1);
            }

            if (start > folded.Length)
            {
                return false;
            }
        }

        if (at != folded.Length)
        {
            return false;
        }

        matched = found;
        return true;
    }

    /// <summary>Folding keeps the length, so that a place in the folded text is a place in the text.</summary>
    private static string Fold(string text, Comparator comparator) => comparator switch
    {
        Comparator.AsciiCasemap => string.Create(text.Length, text, (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterUpper(source[i]) ? (char)(source[i] | 0x20) : source[i];
            }
        }),
        Comparator.UnicodeCasemap => text.ToUpperInvariant(),
        _ => text,
    };

    // RFC 4790 §9.1.1: leading digits count; a text without is larger than every number, and such texts are equal.
    private static int CompareNumbers(string left, string right)
    {
        var (a, b) = (Digits(left), Digits(right));
        if (a is null || b is null)
        {
            return (a is null ? 1 : 0) - (b is null ? 1 : 0);
        }

        return a.Length != b.Length ? a.Length - b.Length : string.CompareOrdinal(a, b);
    }

    private static string? Digits(string text)
    {
        var length = text.AsSpan().IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length;
        return length == 0 ? null : text[..length].TrimStart('0');
    }

    /// <summary>The pattern's words between its stars; null in a word stands for "?".</summary>
    private static List<List<char?>> Split(string pattern)
    {
        var words = new List<List<char?>> { new() };
        for (var i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '*':
                    words.Add([]);
                    break;
                case '?':
                    words[^1].Add(null);
                    break;
                case '\\' when i + 1 < pattern.Length:
                    words[^1].Add(pattern[++i]);
                    break;
                default:
                    words[^1].Add(pattern[i]);
                    break;
            }
        }

        return words;
    }

    /// <summary>The first place from which the last word can reach the end: with "?" taking one or two code units, some places before it.</summary>
    private static int EndFor(List<char?> word, string text, int from)
        => Math.Max(from, text.Length - word.Count - word.Count(c => c is null));

    private static bool TryFit(List<char?> word, string folded, int start, out int end, string text, List<string> found)
    {
        end = start;
        foreach (var expected in word)
        {
            if (end >= folded.Length)
            {
                return false;
            }

            if (expected is null)
            {
                var length = end + 1 < folded.Length && char.IsSurrogatePair(folded[end], folded[end + 1]) ? 2 : 1;
                found.Add(text.Substring(end, length));
                end += length;
            }
            else if (folded[end++] != expected)
            {
                return false;
            }
        }

        return true;
    }
}
