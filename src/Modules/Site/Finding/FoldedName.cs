using System.Globalization;
using System.Text;

namespace Plenum.Site.Finding;

/// <summary>
/// A name without what people leave out when they type it: "koln", "koeln" and "Köln" are one. Two forms, with umlauts as one letter
/// and as two; a word fits if it fits either.
/// </summary>
/// <param name="Dropped">Accents dropped: "koln".</param>
/// <param name="SpelledOut">Umlauts spelled out: "koeln".</param>
public readonly record struct FoldedName(string Dropped, string SpelledOut)
{
    public static FoldedName Of(string name)
    {
        var sound = string.Concat(name.Replace('\uFFFE', ' ').EnumerateRunes()); // Normalize refuses that noncharacter and lone surrogates.
        return new(Fold(sound), Fold(Spelled(sound)));
    }

    /// <summary>The words of what was typed, eight at most.</summary>
    public static IReadOnlyList<FoldedName> WordsOf(string typed)
        => [.. typed.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(8).Select(Of).Where(w => w.Dropped.Length > 0)];

    public bool Contains(FoldedName word)
        => Dropped.Contains(word.Dropped, StringComparison.Ordinal) || SpelledOut.Contains(word.SpelledOut, StringComparison.Ordinal);

    /// <summary>3 if it is the word, 2 if it begins so, 1 if one of its words does, else 0.</summary>
    public int Fitness(FoldedName word)
        => Dropped == word.Dropped || SpelledOut == word.SpelledOut ? 3
            : Dropped.StartsWith(word.Dropped, StringComparison.Ordinal) || SpelledOut.StartsWith(word.SpelledOut, StringComparison.Ordinal) ? 2
            : Dropped.Contains(' ' + word.Dropped, StringComparison.Ordinal) || SpelledOut.Contains(' ' + word.SpelledOut, StringComparison.Ordinal) ? 1 : 0;

    private static string Spelled(string name)
        => name.Normalize(NormalizationForm.FormC).ToLowerInvariant()
            .Replace("ä", "ae", StringComparison.Ordinal).Replace("ö", "oe", StringComparison.Ordinal).Replace("ü", "ue", StringComparison.Ordinal);

    // Lower case, accents dropped, ß as ss, everything but letters and digits a space.
    private static string Fold(string name)
    {
        var folded = new StringBuilder(name.Length);
        foreach (var letter in name.ToLowerInvariant().Replace("ß", "ss", StringComparison.Ordinal).Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(char.IsLetterOrDigit(letter) || char.IsSurrogate(letter) ? letter : ' ');
            }
        }

        return folded.ToString().Trim();
    }
}
