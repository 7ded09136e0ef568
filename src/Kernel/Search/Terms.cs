using System.Globalization;
using System.Text;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.De;
using Lucene.Net.Analysis.En;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Analysis.Util;
using Lucene.Net.Util;

namespace Plenum.Kernel.Search;

/// <summary>A word of a text as the index knows it.</summary>
/// <param name="Text">ASCII letters and digits only; anything else is spelled z + four hexadecimal digits, so neither database splits it.</param>
/// <param name="Start">First character in the text.</param>
/// <param name="End">Character after the last.</param>
public readonly record struct Term(string Text, int Start, int End);

/// <summary>Reduces words to terms with Lucene's analysers: case, umlauts, ß and endings do not matter.</summary>
public static class Terms
{
    private const int MaxTermLength = 120; // Longer words are random strings; they would only fill the index.
    private static readonly Analyzer German = new GermanAnalyzer(LuceneVersion.LUCENE_48, CharArraySet.Empty);
    private static readonly Analyzer English = new EnglishAnalyzer(LuceneVersion.LUCENE_48, CharArraySet.Empty);

    /// <summary>Words too common to look for beside others.</summary>
    public static bool IsStopWord(string word)
    {
        ArgumentNullException.ThrowIfNull(word);
        var lower = word.ToLowerInvariant();
        return GermanAnalyzer.DefaultStopSet.Contains(lower) || EnglishAnalyzer.DefaultStopSet.Contains(lower);
    }

    /// <param name="most">Terms to return at most.</param>
    public static List<Term> Of(string text, string language, int most)
    {
        ArgumentNullException.ThrowIfNull(text);
        var terms = new List<Term>();
        using var stream = (language == "de" ? German : English).GetTokenStream("", text);
        var word = stream.GetAttribute<ICharTermAttribute>();
        var place = stream.GetAttribute<IOffsetAttribute>();
        stream.Reset();
        while (terms.Count < most && stream.IncrementToken())
        {
            var spelled = Spell(word.Buffer.AsSpan(0, word.Length));
            if (spelled.Length <= MaxTermLength)
            {
                terms.Add(new(spelled, place.StartOffset, place.EndOffset));
            }
        }

        stream.End();
        return terms;
    }

    private static string Spell(ReadOnlySpan<char> word)
    {
        var spelled = new StringBuilder(word.Length);
        foreach (var letter in word)
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                spelled.Append(char.ToLowerInvariant(letter));
            }
            else
            {
                spelled.Append('z').Append(((int)letter).ToString("x4", CultureInfo.InvariantCulture));
            }
        }

        return spelled.ToString();
    }
}
