using System.Globalization;

namespace Plenum.Wikitext.Expansion;

/// <summary>
/// The places in <see cref="ExpandedText.Text"/> that stand for something taken out: the delimiter, decimal digits (the index in
/// <see cref="ExpandedText.Stripped"/>), the delimiter. Input never holds the delimiter: its own copies become "?".
/// </summary>
public static class StripMarker
{
    /// <summary>U+007F, which HTML allows nowhere.</summary>
    public const char Delimiter = '\u007F';

    public static string Write(int index) => string.Create(CultureInfo.InvariantCulture, $"{Delimiter}{index}{Delimiter}");

    /// <summary>Reads the marker at the start of <paramref name="text"/>.</summary>
    /// <param name="length">Characters the marker takes.</param>
    /// <returns>False if no marker starts here.</returns>
    public static bool TryRead(ReadOnlySpan<char> text, out int index, out int length)
    {
        index = 0;
        length = 0;
        if (text.Length < 3 || text[0] != Delimiter)
        {
            return false;
        }

        var digits = text[1..].IndexOf(Delimiter);
        length = digits + 2;
        return digits is > 0 and < 10 && int.TryParse(text.Slice(1, digits), NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }
}
