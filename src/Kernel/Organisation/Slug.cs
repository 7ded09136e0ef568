using System.Globalization;
using System.Text;

namespace Plenum.Kernel.Organisation;

/// <summary>A name as part of an address: lower-case ASCII letters, digits and single hyphens, 1 to 80 characters.</summary>
public readonly record struct Slug
{
    public const int MaxLength = 80;

    private Slug(string value) => Value = value;

    public string Value => field ?? "";

    /// <returns>False if the text is not already a slug.</returns>
    public static bool TryParse(string? text, out Slug slug)
    {
        slug = new(text ?? "");
        return text is { Length: > 0 and <= MaxLength }
            && text[0] != '-' && text[^1] != '-'
            && !text.Contains("--", StringComparison.Ordinal)
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
    }

    /// <exception cref="RuleException">The text is not a slug.</exception>
    public static Slug Parse(string text) => TryParse(text, out var slug) ? slug : throw new RuleException("slug.invalid", text, MaxLength);

    /// <summary>A readable slug for any name: German letters spelled out, accents dropped, the rest hyphens. "Köln-Süd (e.V.)" becomes "koeln-sued-e-v".</summary>
    public static Slug From(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (var letter in Spelled(name).Normalize(NormalizationForm.FormD).ToLowerInvariant())
        {
            if (char.IsAsciiLetterOrDigit(letter))
            {
                text.Append(letter);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && text.Length > 0 && text[^1] != '-')
            {
                text.Append('-');
            }

            if (text.Length == MaxLength)
            {
                break;
            }
        }

        var slug = text.ToString().Trim('-');
        return new(slug.Length > 0 ? slug : "x");
    }

    public override string ToString() => Value;

    private static string Spelled(string name)
    {
        // Normalize refuses lone surrogates and noncharacters, which names from outside may hold.
        var sound = string.Concat(name.EnumerateRunes().Where(r => (r.Value & 0xFFFE) != 0xFFFE).Select(r => r.ToString()));
        var whole = sound.Normalize(NormalizationForm.FormC);
        return whole
            .Replace("ä", "ae", StringComparison.Ordinal).Replace("Ä", "Ae", StringComparison.Ordinal)
            .Replace("ö", "oe", StringComparison.Ordinal).Replace("Ö", "Oe", StringComparison.Ordinal)
            .Replace("ü", "ue", StringComparison.Ordinal).Replace("Ü", "Ue", StringComparison.Ordinal)
            .Replace("ß", "ss", StringComparison.Ordinal).Replace("ẞ", "ss", StringComparison.Ordinal);
    }
}
