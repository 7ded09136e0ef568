using System.Globalization;
using System.Text;

namespace Plenum.Protocols.Sasl.Precis;

/// <summary>The two string classes of PRECIS (RFC 8264 §4): which code points a name or a password may hold.</summary>
internal static class PrecisClass
{
    /// <summary>True if every code point of <paramref name="text"/> is valid in the IdentifierClass, context rules included (RFC 8264 §4.2).</summary>
    public static bool IsIdentifier(string text) => AllValid(text, freeform: false);

    /// <summary>True if every code point of <paramref name="text"/> is valid in the FreeformClass, context rules included (RFC 8264 §4.3).</summary>
    public static bool IsFreeform(string text) => AllValid(text, freeform: true);

    private static bool AllValid(string text, bool freeform)
    {
        for (var at = 0; at < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, at, out var rune))
            {
                return false; // A lone surrogate is no character.
            }

            var valid = Derive(rune, freeform) switch
            {
                DerivedProperty.Valid => true,
                DerivedProperty.Context => ContextRules.Allow(text, at, rune),
                _ => false,
            };
            if (!valid)
            {
                return false;
            }

            at += rune.Utf16SequenceLength;
        }

        return true;
    }

    // RFC 8264 §8: the order of these tests is the standard's.
    private static DerivedProperty Derive(Rune rune, bool freeform)
    {
        var value = rune.Value;
        if (Exception(value) is { } exception)
        {
            return exception;
        }

        var category = Rune.GetUnicodeCategory(rune);
        if (category is UnicodeCategory.OtherNotAssigned)
        {
            return DerivedProperty.Disallowed;
        }

        if (value is >= 0x21 and <= 0x7E)
        {
            return DerivedProperty.Valid;
        }

        if (value is 0x200C or 0x200D)
        {
            return DerivedProperty.Context; // §9.8 JoinControl
        }

        if (IsOldHangulJamo(value) || IsIgnorable(value) || category is UnicodeCategory.Control)
        {
            return DerivedProperty.Disallowed;
        }

        if (!freeform && HasCompatibilityForm(rune))
        {
            return DerivedProperty.Disallowed;
        }

        return category switch
        {
            UnicodeCategory.LowercaseLetter or UnicodeCategory.UppercaseLetter or UnicodeCategory.OtherLetter
                or UnicodeCategory.ModifierLetter or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => DerivedProperty.Valid,
            UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => DerivedProperty.Disallowed,
            _ => freeform ? DerivedProperty.Valid : DerivedProperty.Disallowed, // §9.14-9.17: spaces, symbols, punctuation, other letters and digits
        };
    }

    // RFC 8264 §9.6 (the list of RFC 5892 §2.6)
    private static DerivedProperty? Exception(int value) => value switch
    {
        0x00DF or 0x03C2 or 0x06FD or 0x06FE or 0x0F0B or 0x3007 => DerivedProperty.Valid,
        0x00B7 or 0x0375 or 0x05F3 or 0x05F4 or 0x30FB or (>= 0x0660 and <= 0x0669) or (>= 0x06F0 and <= 0x06F9) => DerivedProperty.Context,
        0x0640 or 0x07FA or 0x302E or 0x302F or (>= 0x3031 and <= 0x3035) or 0x303B => DerivedProperty.Disallowed,
        _ => null,
    };

    // RFC 8264 §9.9: Hangul_Syllable_Type L, V and T
    private static bool IsOldHangulJamo(int value)
        => value is (>= 0x1100 and <= 0x11FF) or (>= 0xA960 and <= 0xA97C) or (>= 0xD7B0 and <= 0xD7C6) or (>= 0xD7CB and <= 0xD7FB);

    // RFC 8264 §9.13: Default_Ignorable_Code_Point and Noncharacter_Code_Point
    private static bool IsIgnorable(int value)
        => (value & 0xFFFE) == 0xFFFE
            || value is 0x00AD or 0x034F or 0x061C or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F)
                or (>= 0x200B and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F) or 0x3164
                or (>= 0xFDD0 and <= 0xFDEF) or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or 0xFFA0 or (>= 0xFFF0 and <= 0xFFF8)
                or (>= 0x1BCA0 and <= 0x1BCA3) or (>= 0x1D173 and <= 0x1D17A) or (>= 0xE0000 and <= 0xE0FFF);

    // RFC 8264 §9.17: toNFKC(cp) != cp
    private static bool HasCompatibilityForm(Rune rune)
    {
        if (rune.IsAscii)
        {
            return false;
        }

        var text = rune.ToString();
        return !text.IsNormalized(NormalizationForm.FormKC);
    }

    private enum DerivedProperty
    {
        Disallowed,
        Valid,
        Context,
    }
}
