using System.Buffers;
using System.Text;

namespace Plenum.Wikitext.Site;

/// <summary>Upper and lower case with the letters that become two (Unicode's full mapping), whatever the language.</summary>
internal static class FullCase
{
    private static readonly SearchValues<char> s_special = SearchValues.Create("ßŉǰΐΰևẖẗẘẙẚﬀﬁﬂﬃﬄﬅﬆ");

    public static string ToUpper(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.ToUpperInvariant();
        }

        var upper = text.ToUpperInvariant();
        if (upper.AsSpan().IndexOfAny(s_special) < 0)
        {
            return upper;
        }

        var result = new StringBuilder(text.Length + 8);
        foreach (var c in upper)
        {
            result.Append(Expand(c) ?? c.ToString());
        }

        return result.ToString();
    }

    public static string ToLower(string text) => text.ToLowerInvariant().Replace("İ", "i\u0307", StringComparison.Ordinal);

    /// <summary>First code point upper case.</summary>
    public static string UpperFirst(string text)
    {
        if (text.Length == 0 || !Rune.TryGetRuneAt(text, 0, out var first))
        {
            return text;
        }

        if (first.IsBmp && Expand((char)first.Value) is { } expanded)
        {
            return expanded + text[1..];
        }

        var upper = Rune.ToUpperInvariant(first);
        return upper == first ? text : string.Concat(upper.ToString(), text.AsSpan(first.Utf16SequenceLength));
    }

    /// <summary>First code point lower case.</summary>
    public static string LowerFirst(string text)
    {
        if (text.Length == 0 || !Rune.TryGetRuneAt(text, 0, out var first))
        {
            return text;
        }

        return string.Concat(ToLower(first.ToString()), text.AsSpan(first.Utf16SequenceLength));
    }

    private static string? Expand(char c) => c switch
    {
        'ß' => "SS",
        'ŉ' => "\u02BCN",
        'ǰ' => "J\u030C",
        'ΐ' => "Ι\u0308\u0301",
        'ΰ' => "Υ\u0308\u0301",
        'և' => "ԵՒ",
        'ẖ' => "H\u0331",
        'ẗ' => "T\u0308",
        'ẘ' => "W\u030A",
        'ẙ' => "Y\u030A",
        'ẚ' => "A\u02BE",
        'ﬀ' => "FF",
        'ﬁ' => "FI",
        'ﬂ' => "FL",
        'ﬃ' => "FFI",
        'ﬄ' => "FFL",
        'ﬅ' or 'ﬆ' => "ST",
        _ => null,
    };
}
