using System.Globalization;
using System.Text;

namespace Plenum.Protocols.Sasl.Precis;

/// <summary>The rule for strings with right-to-left characters (RFC 5893 §2).</summary>
internal static class BidiRule
{
    /// <summary>True if <paramref name="text"/> has no right-to-left character, or has them as the six conditions allow.</summary>
    public static bool Allows(string text)
    {
        var rightToLeft = false;
        foreach (var rune in text.EnumerateRunes())
        {
            rightToLeft |= ClassOf(rune) is BidiClass.R or BidiClass.Al or BidiClass.An;
        }

        return !rightToLeft || AllowsMixed(text);
    }

    public static bool IsRightToLeft(Rune rune) => ClassOf(rune) is BidiClass.R or BidiClass.Al;

    public static bool IsLeftToRight(Rune rune) => ClassOf(rune) is BidiClass.L;

    private static bool AllowsMixed(string text)
    {
        BidiClass? first = null;
        var last = BidiClass.On;
        var european = false;
        var arabic = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var bidi = ClassOf(rune);
            first ??= bidi;
            if (first is not (BidiClass.R or BidiClass.Al))
            {
                return false; // Conditions 1 and 5: a label with right-to-left characters starts with one.
            }

            if (bidi is BidiClass.L)
            {
                return false; // Condition 2
            }

            european |= bidi is BidiClass.En;
            arabic |= bidi is BidiClass.An;
            last = bidi is BidiClass.Nsm ? last : bidi;
        }

        return last is BidiClass.R or BidiClass.Al or BidiClass.En or BidiClass.An && !(european && arabic); // Conditions 3 and 4
    }

    // The ranges are those DerivedBidiClass.txt gives to whole blocks; marks and digits are taken out of them by category.
    private static BidiClass ClassOf(Rune rune)
    {
        var value = rune.Value;
        if (value < 0x80)
        {
            return (char)value switch
            {
                >= '0' and <= '9' => BidiClass.En,
                (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') => BidiClass.L,
                _ => BidiClass.On,
            };
        }

        var category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
        {
            return BidiClass.Nsm;
        }

        if (value is (>= 0x0600 and <= 0x0605) or (>= 0x0660 and <= 0x0669) or 0x066B or 0x066C or 0x06DD or 0x0890 or 0x0891 or 0x08E2
            or (>= 0x10D30 and <= 0x10D39) or (>= 0x10E60 and <= 0x10E7E))
        {
            return BidiClass.An;
        }

        if (value is (>= 0x06F0 and <= 0x06F9) or 0xB2 or 0xB3 or 0xB9 or 0x2070 or (>= 0x2074 and <= 0x2079) or (>= 0x2080 and <= 0x2089)
            or (>= 0x2488 and <= 0x249B) or (>= 0xFF10 and <= 0xFF19) or (>= 0x102E1 and <= 0x102FB) or (>= 0x1D7CE and <= 0x1D7FF)
            or (>= 0x1F100 and <= 0x1F10A) or (>= 0x1FBF0 and <= 0x1FBF9))
        {
            return BidiClass.En;
        }

        if (IsArabicLetterBlock(value))
        {
            return category is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol ? BidiClass.On : BidiClass.Al;
        }

        if (value is (>= 0x0590 and <= 0x05FF) or (>= 0x07C0 and <= 0x085F) or 0x200F or (>= 0xFB1D and <= 0xFB4F)
            or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF))
        {
            return BidiClass.R;
        }

        return category is UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.LetterNumber
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.SpacingCombiningMark
            ? BidiClass.L
            : BidiClass.On;
    }

    private static bool IsArabicLetterBlock(int value) => value is (>= 0x0606 and <= 0x07BF) or (>= 0x0860 and <= 0x08FF)
        or (>= 0xFB50 and <= 0xFDCF) or (>= 0xFDF0 and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFE)
        or (>= 0x10D00 and <= 0x10D3F) or (>= 0x10EC0 and <= 0x10EFF) or (>= 0x10F30 and <= 0x10F6F)
        or (>= 0x1EC70 and <= 0x1ECBF) or (>= 0x1ED00 and <= 0x1ED4F) or (>= 0x1EE00 and <= 0x1EEFF);

    private enum BidiClass
    {
        L,
        R,
        Al,
        An,
        En,
        Nsm,
        On, // and every other neutral or weak class: conditions 2 and 5 allow all of them inside a label
    }
}
