using System.Text;

namespace Plenum.Protocols.Sasl.Precis;

/// <summary>Code points that are valid only beside certain others (RFC 5892 appendix A).</summary>
internal static class ContextRules
{
    public static bool Allow(string text, int at, Rune rune) => rune.Value switch
    {
        0x200C => IsVirama(Before(text, at)) || JoinsLetters(text, at),
        0x200D => IsVirama(Before(text, at)),
        0x00B7 => Before(text, at) == 'l' && After(text, at) == 'l',
        0x0375 => IsGreek(After(text, at)),
        0x05F3 or 0x05F4 => IsHebrew(Before(text, at)),
        0x30FB => HasKanaOrHan(text),
        >= 0x0660 and <= 0x0669 => !HasBetween(text, 0x06F0, 0x06F9),
        >= 0x06F0 and <= 0x06F9 => !HasBetween(text, 0x0660, 0x0669),
        _ => false,
    };

    private static int Before(string text, int at)
    {
        if (at == 0)
        {
            return -1;
        }

        var start = at - (at > 1 && char.IsLowSurrogate(text[at - 1]) ? 2 : 1);
        return Rune.TryGetRuneAt(text, start, out var rune) ? rune.Value : -1;
    }

    private static int After(string text, int at) => at + 1 < text.Length && Rune.TryGetRuneAt(text, at + 1, out var rune) ? rune.Value : -1;

    // Canonical_Combining_Class 9
    private static bool IsVirama(int value) => value is 0x094D or 0x09CD or 0x0A4D or 0x0ACD or 0x0B4D or 0x0BCD or 0x0C4D or 0x0CCD
        or 0x0D3B or 0x0D3C or 0x0D4D or 0x0DCA or 0x0E3A or 0x0EBA or 0x0F84 or 0x1039 or 0x103A or 0x1714 or 0x1715 or 0x1734 or 0x17D2
        or 0x1A60 or 0x1B44 or 0x1BAA or 0x1BAB or 0x1BF2 or 0x1BF3 or 0x2D7F or 0xA806 or 0xA82C or 0xA8C4 or 0xA953 or 0xA9C0 or 0xAAF6
        or 0xABED or 0x10A3F or 0x11046 or 0x11070 or 0x1107F or 0x110B9 or 0x11133 or 0x11134 or 0x111C0 or 0x11235 or 0x112EA or 0x1134D
        or 0x11442 or 0x114C2 or 0x115BF or 0x1163F or 0x116B6 or 0x1172B or 0x11839 or 0x1193D or 0x1193E or 0x119E0 or 0x11A34 or 0x11A47
        or 0x11A99 or 0x11C3F or 0x11D44 or 0x11D45 or 0x11D97;

    // RFC 5892 A.1, second alternative: (L|D) T* ZWNJ T* (R|D). Scripts that join are taken whole: in Arabic and Syriac every
    // letter joins at least to its right, so only the left side asks whether the letter is dual joining.
    private static bool JoinsLetters(string text, int at)
    {
        var left = at - 1;
        while (left >= 0 && IsTransparent(text[left]))
        {
            left--;
        }

        var right = at + 1;
        while (right < text.Length && IsTransparent(text[right]))
        {
            right++;
        }

        return left >= 0 && right < text.Length && IsJoiningLetter(text[left]) && !JoinsOnlyRight(text[left]) && IsJoiningLetter(text[right]);
    }

    private static bool IsTransparent(char c)
        => char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.EnclosingMark;

    private static bool IsJoiningLetter(char c)
        => char.IsLetter(c) && c is (>= '\u0620' and <= '\u077F' and not '\u0621' and not '\u0674' and not '\u06D5') or (>= '\u07CA' and <= '\u07EA')
            or (>= '\u0840' and <= '\u0858') or (>= '\u08A0' and <= '\u08C7') or (>= '\u1820' and <= '\u18AA') or (>= '\uA840' and <= '\uA872');

    // Joining_Type R of Arabic and Syriac
    private static bool JoinsOnlyRight(char c) => c is (>= '\u0622' and <= '\u0625') or '\u0627' or '\u0629' or (>= '\u062F' and <= '\u0632') or '\u0648'
        or (>= '\u0671' and <= '\u0673') or (>= '\u0675' and <= '\u0677') or (>= '\u0688' and <= '\u0699') or '\u06C0' or (>= '\u06C3' and <= '\u06CB')
        or '\u06CD' or '\u06CF' or '\u06D2' or '\u06D3' or '\u06EE' or '\u06EF' or '\u0710' or (>= '\u0715' and <= '\u0719') or '\u071E' or '\u0728'
        or '\u072A' or '\u072C' or '\u072F' or '\u074D' or (>= '\u0759' and <= '\u075B') or '\u076B' or '\u076C' or '\u0771' or '\u0773' or '\u0774'
        or '\u0778' or '\u0779' or '\u0840' or '\u0846' or '\u0847' or '\u0849' or '\u0854' or (>= '\u0856' and <= '\u0858')
        or (>= '\u08AA' and <= '\u08AC') or '\u08AE' or '\u08B1' or '\u08B2' or '\u08B9';

    private static bool IsGreek(int value) => value is (>= 0x0370 and <= 0x0373) or (>= 0x0375 and <= 0x0377) or (>= 0x037A and <= 0x037D)
        or 0x037F or 0x0384 or (>= 0x0386 and <= 0x03E1 and not 0x0387) or (>= 0x03F0 and <= 0x03FF) or (>= 0x1D26 and <= 0x1D2A)
        or (>= 0x1F00 and <= 0x1FFE) or 0x2126 or 0xAB65;

    private static bool IsHebrew(int value) => value is (>= 0x0591 and <= 0x05F4) or (>= 0xFB1D and <= 0xFB4F);

    private static bool HasKanaOrHan(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is (>= 0x3041 and <= 0x3096) or (>= 0x309D and <= 0x309F) or (>= 0x30A1 and <= 0x30FA) or (>= 0x30FD and <= 0x30FF)
                or (>= 0x31F0 and <= 0x31FF) or 0x3005 or 0x3007 or (>= 0x3021 and <= 0x3029) or (>= 0x3400 and <= 0x4DBF)
                or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAD9) or (>= 0x1B000 and <= 0x1B122) or (>= 0x20000 and <= 0x323AF))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasBetween(string text, int first, int last) => text.AsSpan().IndexOfAnyInRange((char)first, (char)last) >= 0;
}
