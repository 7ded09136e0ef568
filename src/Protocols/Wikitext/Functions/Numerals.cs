using System.Globalization;
using System.Text;

namespace Plenum.Wikitext.Functions;

/// <summary>Numbers as Roman and Hebrew letters.</summary>
internal static class Numerals
{
    /// <summary>Larger numbers have no Roman form in letters.</summary>
    private const int MaxRoman = 10000;

    private static readonly (int Value, string Letters)[] s_roman =
    [
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ];

    private static readonly string[] s_hebrewOnes = ["", "א", "ב", "ג", "ד", "ה", "ו", "ז", "ח", "ט"];
    private static readonly string[] s_hebrewTens = ["", "י", "כ", "ל", "מ", "נ", "ס", "ע", "פ", "צ"];
    private static readonly string[] s_hebrewHundreds = ["", "ק", "ר", "ש", "ת", "תק", "תר", "תש", "תת", "תתק"];

    public static string Roman(long number)
    {
        if (number is <= 0 or > MaxRoman)
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        var result = new StringBuilder();
        foreach (var (value, letters) in s_roman)
        {
            for (; number >= value; number -= value)
            {
                result.Append(letters);
            }
        }

        return result.ToString();
    }

    /// <summary>Gershayim stand before the last letter, a geresh after a single one; 15 and 16 avoid the name of God.</summary>
    public static string Hebrew(long number)
    {
        if (number is <= 0 or > 9999)
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        var thousands = s_hebrewOnes[number / 1000];
        if (number % 1000 == 0)
        {
            return thousands + "' אלפים";
        }

        var rest = (int)(number % 1000);
        var tail = rest % 100;
        var letters = s_hebrewHundreds[rest / 100] + (tail is 15 or 16 ? "ט" + s_hebrewOnes[tail - 9] : s_hebrewTens[tail / 10] + s_hebrewOnes[tail % 10]);
        var marked = letters.Length == 1 ? letters + "'" : letters[..^1] + "\"" + Final(letters[^1]);
        return thousands.Length == 0 ? marked : thousands + "'" + marked;
    }

    /// <summary>Five letters look otherwise at the end of a word.</summary>
    private static char Final(char letter) => letter switch
    {
        'כ' => 'ך',
        'מ' => 'ם',
        'נ' => 'ן',
        'פ' => 'ף',
        'צ' => 'ץ',
        _ => letter,
    };
}
