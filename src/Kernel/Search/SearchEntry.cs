using System.Text;

namespace Plenum.Kernel.Search;

/// <summary>A thing reduced to its terms, ready to be written.</summary>
internal sealed record SearchEntry(SearchDocument Document, string Title, string Body, List<Term> TitleTerms, List<Term> BodyTerms)
{
    private const int MaxTerms = 15_000; // PostgreSQL keeps positions up to 16,383; later words of a book are not found.
    private const int MaxBodyLength = 200_000;
    private const int MaxTitleLength = 1_000;

    public static SearchEntry Of(SearchDocument document)
    {
        var (title, body) = (Clean(document.Title, MaxTitleLength), Clean(document.Body, MaxBodyLength));
        var titleTerms = Terms.Of(title, document.Language, MaxTerms / 10);
        return new(document, title, body, titleTerms, Terms.Of(body, document.Language, MaxTerms - titleTerms.Count));
    }

    /// <summary>Nearly all texts are sound and stay as they are.</summary>
    private static string Clean(string text, int maxLength)
    {
        var cut = text.Length > maxLength ? text[..maxLength] : text;
        foreach (var letter in cut)
        {
            if (letter == '\0' || char.IsSurrogate(letter))
            {
                return Repair(cut);
            }
        }

        return cut;
    }

    private static string Repair(string text)
    {
        var sound = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            sound.Append(rune.Value == 0 ? " " : rune.ToString());
        }

        return sound.ToString();
    }
}
