using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plenum.Wikitext.Functions;

/// <summary>Numbers as people of a language write them, and back.</summary>
internal static class NumberText
{
    /// <summary>Digits a floating-point number holds for sure.</summary>
    private const int SafeDigits = 15;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789.");

    private const char Minus = '\u2212';

    /// <summary>A count, with separators unless <paramref name="raw"/> is the word for raw.</summary>
    public static string FormatCount(long count, FunctionCall call, string? raw)
    {
        var text = count.ToString(CultureInfo.InvariantCulture);
        return call.Expander.Words.Is("rawsuffix", raw) ? text : Format(text, IsGerman(call.Site.Language));
    }

    public static bool IsGerman(string language) => language == "de" || language.StartsWith("de-", StringComparison.Ordinal);

    /// <summary>Writes every number in a text with separators of thousands and the language's decimal separator.</summary>
    public static string Format(string text, bool german) => Replace(text, number => FormatOne(number, german));

    /// <summary>True if formatting keeps every digit.</summary>
    public static bool IsExact(string text) => text.Length <= SafeDigits;

    /// <summary>Keeps the digits as they are: only the sign becomes a real minus.</summary>
    public static string FormatPlain(string text) => Replace(text, number => number.Replace('-', Minus));

    /// <summary>A formatted number in the form a computer reads: point for decimals, nothing for thousands.</summary>
    public static string Parse(string text, bool german)
    {
        if (text == "∞")
        {
            return "INF";
        }

        text = text.Replace(Minus, '-');
        if (text == "-∞")
        {
            return "-INF";
        }

        if (german)
        {
            text = string.Create(text.Length, text, static (to, from) =>
            {
                for (var i = 0; i < from.Length; i++)
                {
                    to[i] = from[i] switch { ',' => '.', '.' => ',', var c => c };
                }
            });
        }

        return text.Replace(",", "", StringComparison.Ordinal);
    }

    /// <summary>Applies a change to each number in a text; a text that is one number is changed as a whole.</summary>
    private static string Replace(string text, Func<string, string> change)
    {
        if (text is "NAN" or "INF" or "-INF")
        {
            return text switch { "NAN" => "NaN", "INF" => "∞", _ => "\u2212∞" };
        }

        if (PhpValue.IsNumeric(text, out _))
        {
            return change(text);
        }

        var result = new StringBuilder(text.Length + 8);
        for (var at = 0; at < text.Length;)
        {
            var length = NumberLength(text.AsSpan(at));
            if (length == 0)
            {
                result.Append(text[at++]);
                continue;
            }

            result.Append(change(text.Substring(at, length)));
            at += length;
        }

        return result.ToString();
    }

    /// <summary>Sign before a digit or point, digits, point, digits, exponent.</summary>
    private static int NumberLength(ReadOnlySpan<char> text)
    {
        var at = text[0] == '-' && text.Length > 1 && (char.IsAsciiDigit(text[1]) || text[1] == '.') ? 1 : 0;
        var whole = CountDigits(text[at..]);
        var end = at + whole;
        if (whole == 0 && !(end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1])))
        {
            return 0;
        }

        if (end < text.Length && text[end] == '.')
        {
            end += 1 + CountDigits(text[(end + 1)..]);
        }

        if (end < text.Length && text[end] is 'e' or 'E')
        {
            var exponent = end + 1 + (end + 1 < text.Length && text[end + 1] is '+' or '-' ? 1 : 0);
            var digits = exponent < text.Length ? CountDigits(text[exponent..]) : 0;
            end = digits > 0 ? exponent + digits : end;
        }

        return end;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    private static string FormatOne(string number, bool german)
    {
        if (number == "-0")
        {
            return "\u22120";
        }

        var text = number.Trim();
        var isNegative = text.StartsWith('-');
        var digits = isNegative ? text[1..] : text;
        if (digits.AsSpan().IndexOfAnyExcept(s_digits) >= 0)
        {
            // An exponent or a plus sign: at most three decimals.
            digits = Math.Abs(PhpValue.ToDouble(text)).ToString("#,0.###", CultureInfo.InvariantCulture).Replace(",", "", StringComparison.Ordinal);
        }

        var point = digits.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? digits : digits[..point];
        var fraction = point < 0 ? "" : digits[point..];
        if (digits.Length > SafeDigits)
        {
            (whole, fraction) = Round(digits, whole.Length, fraction.Length);
        }

        var result = new StringBuilder(digits.Length + 8);
        if (isNegative)
        {
            result.Append(Minus);
        }

        for (var i = 0; i < whole.Length; i++)
        {
            if (i > 0 && (whole.Length - i) % 3 == 0)
            {
                result.Append(german ? '.' : ',');
            }

            result.Append(whole[i]);
        }

        return result.Append(german ? fraction.Replace('.', ',') : fraction).ToString();
    }

    /// <summary>Digits beyond what a floating-point number holds become zeros; as many stay as were written.</summary>
    private static (string Whole, string Fraction) Round(string digits, int wholeLength, int fractionLength)
    {
        var exact = double.Parse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
        if (!decimal.TryParse(exact, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return (digits[..wholeLength], fractionLength == 0 ? "" : "." + new string('0', fractionLength - 1));
        }

        var text = number.ToString(CultureInfo.InvariantCulture);
        var point = text.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? text : text[..point];
        var fraction = fractionLength == 0 ? "" : (point < 0 ? "." : text[point..]).PadRight(fractionLength, '0');
        return (whole.PadLeft(wholeLength, '0'), fraction.Length > fractionLength ? fraction[..fractionLength] : fraction);
    }
}
