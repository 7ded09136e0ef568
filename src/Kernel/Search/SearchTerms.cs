using System.Text;

namespace Plenum.Kernel.Search;

/// <summary>A part of what is looked for: one term, a phrase, or the beginning of a term, in German or in English form.</summary>
internal sealed record Wanted(IReadOnlyList<IReadOnlyList<string>> Forms, bool IsPrefix, bool IsExcluded);

/// <summary>A search text as terms. Any text can be read; what is not a word is left out.</summary>
internal sealed class SearchTerms
{
    private const int MaxParts = 16; // Each part is a lookup of its own; longer searches are pasted texts.
    private const int MaxLength = 1_000;

    private SearchTerms(IReadOnlyList<Wanted> parts) => Parts = parts;

    public IReadOnlyList<Wanted> Parts { get; }

    /// <summary>Nothing to look for, or only what is not wanted.</summary>
    public bool IsEmpty => Parts.All(p => p.IsExcluded);

    public static SearchTerms Parse(string text)
    {
        var parts = new List<(Wanted Wanted, bool IsCommon)>();
        var rest = text.AsSpan(0, Math.Min(text.Length, MaxLength));
        while (parts.Count < MaxParts && Next(ref rest) is var (word, isPhrase, isExcluded))
        {
            var isPrefix = !isPhrase && word.EndsWith('*');
            var forms = new[] { FormOf(word, "de"), FormOf(word, "en") }.Where(f => f.Count > 0).DistinctBy(f => string.Join(' ', f)).ToList();
            if (forms.Count > 0)
            {
                parts.Add((new(forms, isPrefix, isExcluded), !isPhrase && !isPrefix && !isExcluded && Terms.IsStopWord(word)));
            }
        }

        var hasRare = parts.Exists(p => p is { IsCommon: false, Wanted.IsExcluded: false });
        return new([.. parts.Where(p => !hasRare || !p.IsCommon).Select(p => p.Wanted)]);
    }

    /// <summary>Does a term of a text match something that is wanted? For highlighting.</summary>
    public bool Matches(string term) => Parts.Any(part => !part.IsExcluded && part.Forms.Any(form =>
        part.IsPrefix ? term.StartsWith(form[^1], StringComparison.Ordinal) : form.Contains(term)));

    /// <summary>The query language of SQLite FTS5 (sqlite.org/fts5.html#full_text_query_syntax). Terms are letters and digits, so nothing needs escaping.</summary>
    public string ForSqlite()
    {
        var wanted = string.Join(" AND ", Parts.Where(p => !p.IsExcluded).Select(Fts));
        var excluded = string.Join(" OR ", Parts.Where(p => p.IsExcluded).Select(Fts));
        return excluded.Length == 0 ? wanted : $"({wanted}) NOT ({excluded})";
    }

    /// <summary>A tsquery of PostgreSQL.</summary>
    public string ForPostgres() => string.Join(" & ", Parts.Select(p => (p.IsExcluded ? "!" : "") + TsQuery(p)));

    private static string Fts(Wanted part)
        => "(" + string.Join(" OR ", part.Forms.Select(f => $"\"{string.Join(' ', f)}\"{(part.IsPrefix ? " *" : "")}")) + ")";

    private static string TsQuery(Wanted part)
        => "(" + string.Join(" | ", part.Forms.Select(f =>
            "(" + string.Join(" <-> ", f.Select((term, i) => $"'{term}'{(part.IsPrefix && i == f.Count - 1 ? ":*" : "")}")) + ")")) + ")";

    private static IReadOnlyList<string> FormOf(string word, string language) => [.. Terms.Of(word, language, MaxParts).Select(t => t.Text)];

    private static (string Word, bool IsPhrase, bool IsExcluded)? Next(ref ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart();
        if (rest.IsEmpty)
        {
            return null;
        }

        var isExcluded = rest is ['-', not ' ', ..];
        rest = isExcluded ? rest[1..] : rest;
        var isPhrase = rest is ['"', ..];
        rest = isPhrase ? rest[1..] : rest;
        var end = isPhrase ? rest.IndexOf('"') : EndOfWord(rest);
        end = end < 0 ? rest.Length : end;
        var word = rest[..end].ToString();
        rest = rest[Math.Min(rest.Length, end + (isPhrase ? 1 : 0))..];
        return (Whole(word), isPhrase, isExcluded);
    }

    private static int EndOfWord(ReadOnlySpan<char> rest)
    {
        for (var i = 0; i < rest.Length; i++)
        {
            if (char.IsWhiteSpace(rest[i]) || (rest[i] == '"' && i > 0))
            {
                return i;
            }
        }

        return rest.Length;
    }

    private static string Whole(string word) // A cut may have split a surrogate pair.
        => new StringBuilder().AppendJoin("", word.EnumerateRunes()).ToString();
}
