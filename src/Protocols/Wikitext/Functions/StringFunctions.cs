using System.Globalization;
using System.Text;

namespace Plenum.Wikitext.Functions;

/// <summary>#len, #pos, #sub and the other functions over characters. Lengths and places are code points.</summary>
internal static class StringFunctions
{
    /// <summary>Texts must be shorter ($wgPFStringLengthLimit).</summary>
    private const int LengthLimit = 1000;

    public static FunctionOutcome Length(FunctionCall call) => Write(call, CodePoints.Count(Argument(call, 0)));

    public static FunctionOutcome Position(FunctionCall call)
    {
        var (text, needle) = (Argument(call, 0), NeedleOf(call));
        if (IsTooLong(text) || IsTooLong(needle))
        {
            return TooLong(call);
        }

        var offset = PhpValue.ToInteger(call.Text(2));
        offset = offset < 0 ? Math.Max(0, CodePoints.Count(text) + offset) : offset;
        var found = text.IndexOf(needle, CodePoints.IndexOf(text, offset), StringComparison.Ordinal);
        return found < 0 ? FunctionOutcome.Written : Write(call, CodePoints.Count(text.AsSpan(0, found)));
    }

    public static FunctionOutcome LastPosition(FunctionCall call)
    {
        var (text, needle) = (Argument(call, 0), NeedleOf(call));
        if (IsTooLong(text) || IsTooLong(needle))
        {
            return TooLong(call);
        }

        var found = text.LastIndexOf(needle, StringComparison.Ordinal);
        return Write(call, found < 0 ? -1 : CodePoints.Count(text.AsSpan(0, found)));
    }

    /// <summary><c>{{#sub:text|start|length}}</c>; negative figures count from the end, length 0 is the rest.</summary>
    public static FunctionOutcome Substring(FunctionCall call)
    {
        var text = Argument(call, 0);
        if (IsTooLong(text))
        {
            return TooLong(call);
        }

        var total = CodePoints.Count(text);
        var start = PhpValue.ToInteger(call.Text(1));
        var length = PhpValue.ToInteger(call.Text(2));
        start = start < 0 ? Math.Max(0, total + start) : Math.Min(start, total);
        var end = length == 0 ? total : length > 0 ? Math.Min(total, start + Math.Min(length, total)) : Math.Max(start, total + length);
        var (from, to) = (CodePoints.IndexOf(text, start), CodePoints.IndexOf(text, end));
        return call.Write(text[from..to]);
    }

    public static FunctionOutcome Count(FunctionCall call)
    {
        var (text, needle) = (Argument(call, 0), NeedleOf(call));
        if (IsTooLong(text) || IsTooLong(needle))
        {
            return TooLong(call);
        }

        var count = 0;
        for (var at = text.IndexOf(needle, StringComparison.Ordinal); at >= 0; at = text.IndexOf(needle, at + needle.Length, StringComparison.Ordinal))
        {
            count++;
        }

        return Write(call, count);
    }

    /// <summary><c>{{#replace:text|from|to|times}}</c></summary>
    public static FunctionOutcome Replace(FunctionCall call)
    {
        var (text, from, to) = (Argument(call, 0), NeedleOf(call), Argument(call, 2));
        if (IsTooLong(text) || IsTooLong(from) || IsTooLong(to))
        {
            return TooLong(call);
        }

        var times = call.Has(3) ? PhpValue.ToInteger(call.Text(3)) : -1;
        var result = new StringBuilder();
        var done = 0;
        for (var at = text.IndexOf(from, StringComparison.Ordinal); at >= 0 && times != 0; at = text.IndexOf(from, done, StringComparison.Ordinal))
        {
            result.Append(text, done, at - done).Append(to);
            done = at + from.Length;
            times--;
            if (result.Length > LengthLimit * 2)
            {
                return TooLong(call);
            }
        }

        var replaced = result.Append(text, done, text.Length - done).ToString();
        return IsTooLong(replaced) ? TooLong(call) : call.Write(replaced);
    }

    /// <summary><c>{{#explode:text|separator|place|limit}}</c>; a negative place counts from the end.</summary>
    public static FunctionOutcome Explode(FunctionCall call)
    {
        var (text, separator) = (Argument(call, 0), NeedleOf(call));
        if (IsTooLong(text) || IsTooLong(separator))
        {
            return TooLong(call);
        }

        var limit = PhpValue.ToInteger(call.Text(3));
        var pieces = limit > 0 ? text.Split(separator, (int)Math.Min(limit, int.MaxValue)) : text.Split(separator);
        var place = PhpValue.ToInteger(call.Text(2));
        place = place < 0 ? pieces.Length + place : place;
        return place >= 0 && place < pieces.Length ? call.Write(pieces[place]) : FunctionOutcome.Written;
    }

    private static string Argument(FunctionCall call, int index) => TextFunctions.WithoutMarkers(call.Text(index));

    /// <summary>What is looked for; nothing means a blank, which trimming would have removed.</summary>
    private static string NeedleOf(FunctionCall call) => Argument(call, 1) is { Length: > 0 } needle ? needle : " ";

    private static bool IsTooLong(string text) => text.Length >= LengthLimit && CodePoints.Count(text) >= LengthLimit;

    private static FunctionOutcome TooLong(FunctionCall call) => call.Fail(call.Expander.Texts.StringTooLong(LengthLimit));

    private static FunctionOutcome Write(FunctionCall call, int number) => call.Write(number.ToString(CultureInfo.InvariantCulture));
}
