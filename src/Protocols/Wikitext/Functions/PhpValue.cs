using System.Globalization;

namespace Plenum.Wikitext.Functions;

/// <summary>How PHP, in which MediaWiki is written, reads and compares texts as numbers. Pages rely on it: "01" equals "1".</summary>
internal static class PhpValue
{
    private const string White = " \t\n\r\v\f";

    /// <summary>The integer at the start of a text; 0 if there is none. A number with a point or exponent is cut.</summary>
    public static long ToInteger(string text)
    {
        var span = text.AsSpan().TrimStart(White);
        var length = NumberLength(span, out var isInteger);
        if (length == 0)
        {
            return 0;
        }

        if (isInteger && long.TryParse(span[..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            return whole;
        }

        var number = double.Parse(span[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
        return isInteger ? number > 0 ? long.MaxValue : long.MinValue : ToInteger(number);
    }

    /// <summary>A floating-point number cut to an integer; 0 if it is out of range.</summary>
    public static long ToInteger(double number) => double.IsFinite(number) && Math.Abs(number) < 9.2233720368547758E18 ? (long)number : 0;

    /// <summary>The number a text starts with, 0 if there is none.</summary>
    public static double ToDouble(ReadOnlySpan<char> text)
    {
        text = text.TrimStart(White);
        var length = NumberLength(text, out _);
        return length == 0 ? 0 : double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>True if a whole text is a number; blanks around it do not count.</summary>
    public static bool IsNumeric(string text, out double number)
    {
        var span = text.AsSpan().Trim(White);
        var length = NumberLength(span, out _);
        number = length > 0 && length == span.Length ? double.Parse(span, NumberStyles.Float, CultureInfo.InvariantCulture) : 0;
        return length > 0 && length == span.Length;
    }

    /// <summary>Two texts are equal if they are the same, or both are numbers of the same value.</summary>
    public static bool LooselyEqual(string left, string right)
    {
        if (left == right)
        {
            return true;
        }

        if (left.Length == 0 || right.Length == 0 || !MayBeNumber(left[0]) || !MayBeNumber(right[0]))
        {
            return false;
        }

        return IsNumeric(left, out var a) && IsNumeric(right, out var b) && a == b && !BothTooLong(left, right, a);
    }

    /// <summary>As PHP writes a floating-point number: 14 digits, an exponent from 1.0E+15 on and below 0.0001.</summary>
    public static string Write(double number)
    {
        if (double.IsNaN(number))
        {
            return "NAN";
        }

        if (double.IsInfinity(number))
        {
            return number > 0 ? "INF" : "-INF";
        }

        if (number == 0)
        {
            return double.IsNegative(number) ? "-0" : "0";
        }

        const int Digits = 14;
        var scientific = number.ToString("E13", CultureInfo.InvariantCulture);
        var mark = scientific.IndexOf('E', StringComparison.Ordinal);
        var exponent = int.Parse(scientific.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var sign = number < 0 ? "-" : "";
        var digits = scientific[..mark].Replace(".", "", StringComparison.Ordinal).TrimStart('-');
        if (exponent != Digits || Math.Abs(number % 10) != 5)
        {
            digits = digits.TrimEnd('0'); // PHP keeps them where it has to round half a digit.
        }

        if (exponent is < -4 or >= Digits)
        {
            var fraction = digits.Length > 1 ? digits[1..] : "0";
            return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}.{fraction}E{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}");
        }

        if (exponent < 0)
        {
            return sign + "0." + new string('0', -exponent - 1) + digits;
        }

        return digits.Length <= exponent + 1
            ? sign + digits.PadRight(exponent + 1, '0')
            : sign + digits[..(exponent + 1)] + "." + digits[(exponent + 1)..];
    }

    private static bool MayBeNumber(char c) => char.IsAsciiDigit(c) || c is '.' or '-' or '+' || White.Contains(c);

    /// <summary>Integers beyond 64 bits that look equal as floating-point numbers are compared as texts.</summary>
    private static bool BothTooLong(string left, string right, double value)
        => Math.Abs(value) >= 9.2233720368547758E18 && IsDigits(left) && IsDigits(right);

    private static bool IsDigits(string text) => text.AsSpan().Trim(White).TrimStart("+-").IndexOfAnyExceptInRange('0', '9') < 0;

    /// <summary>Length of the number at the start: sign, digits, point, digits, exponent.</summary>
    private static int NumberLength(ReadOnlySpan<char> text, out bool isInteger)
    {
        isInteger = true;
        var at = !text.IsEmpty && text[0] is '+' or '-' ? 1 : 0;
        var digits = CountDigits(text[at..]);
        var end = at + digits;
        if (end < text.Length && text[end] == '.')
        {
            var fraction = CountDigits(text[(end + 1)..]);
            if (digits + fraction == 0)
            {
                return 0;
            }

            isInteger = false;
            digits += fraction;
            end += 1 + fraction;
        }

        if (digits == 0)
        {
            return 0;
        }

        if (end < text.Length && text[end] is 'e' or 'E')
        {
            var exponent = end + 1 + (end + 1 < text.Length && text[end + 1] is '+' or '-' ? 1 : 0);
            var length = exponent < text.Length ? CountDigits(text[exponent..]) : 0;
            if (length > 0)
            {
                isInteger = false;
                end = exponent + length;
            }
        }

        return end;
    }

    private static int CountDigits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
