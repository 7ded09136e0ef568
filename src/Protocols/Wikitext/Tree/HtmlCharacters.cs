using System.Buffers;

namespace Plenum.Wikitext.Tree;

/// <summary>Sets of characters HTML's grammar speaks of.</summary>
internal static class HtmlCharacters
{
    /// <summary>ASCII white space.</summary>
    public static SearchValues<char> Blanks { get; } = SearchValues.Create(" \t\n\f\r");

    /// <summary>ASCII white space and the vertical tab, as regular expressions know it.</summary>
    public static SearchValues<char> WideBlanks { get; } = SearchValues.Create(" \t\n\f\r\v");

    /// <summary>What may stand between attributes.</summary>
    public static SearchValues<char> BetweenAttributes { get; } = SearchValues.Create(" \t\n\f\r/");

    /// <summary>What ends the name of a tag.</summary>
    public static SearchValues<char> TagNameEnds { get; } = SearchValues.Create(" \t\n\f\r/>");
}
