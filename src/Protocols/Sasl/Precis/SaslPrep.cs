using System.Globalization;
using System.Text;

namespace Plenum.Protocols.Sasl.Precis;

/// <summary>SASLprep (RFC 4013), the older preparation that RFC 5802 names; stored verifiers of other servers were made with it.</summary>
public static class SaslPrep
{
    /// <summary>Prepares a query string: B.1 to nothing, spaces to U+0020, NFKC, prohibited output, bidi check.</summary>
    /// <returns>False if the text is too long, or a prohibited code point or a forbidden mix of directions is left.</returns>
    public static bool TryPrepare(string text, out string prepared)
    {
        prepared = text;
        if (text.Length > PrecisProfile.MaxInputLength || !PrecisProfile.HasOnlyCharacters(text))
        {
            return false;
        }

        var mapped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!IsMappedToNothing(c))
            {
                mapped.Append(char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator ? ' ' : c);
            }
        }

        prepared = mapped.ToString().Normalize(NormalizationForm.FormKC);
        return !prepared.EnumerateRunes().Any(IsProhibited) && HasOneDirection(prepared);
    }

    // RFC 3454 table B.1
    private static bool IsMappedToNothing(char c)
        => c is '\u00AD' or '\u034F' or '\u1806' or (>= '\u180B' and <= '\u180D') or (>= '\u200B' and <= '\u200D') or '\u2060' or (>= '\uFE00' and <= '\uFE0F') or '\uFEFF';

    // RFC 4013 §2.3
    private static bool IsProhibited(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.PrivateUse or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.OtherNotAssigned => true,
        _ => rune.Value is 0x06DD or 0x070F or 0x180E or 0x0340 or 0x0341 or 0x200E or 0x200F or (>= 0x202A and <= 0x202E)
            or (>= 0x2061 and <= 0x2063) or (>= 0x206A and <= 0x206F) or (>= 0x2FF0 and <= 0x2FFB) or (>= 0xFFF9 and <= 0xFFFD)
            or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE007F),
    };

    // RFC 3454 §6
    private static bool HasOneDirection(string text)
    {
        var runes = text.EnumerateRunes().ToArray();
        return !runes.Any(BidiRule.IsRightToLeft)
            || (!runes.Any(BidiRule.IsLeftToRight) && BidiRule.IsRightToLeft(runes[0]) && BidiRule.IsRightToLeft(runes[^1]));
    }
}
