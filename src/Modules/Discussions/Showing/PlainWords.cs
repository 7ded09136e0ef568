using System.Text.RegularExpressions;

namespace Plenum.Discussions.Showing;

/// <summary>The beginning of a text without its Markdown, for excerpts.</summary>
internal static partial class PlainWords
{
    public static string Of(string text)
        => Space().Replace(Marks().Replace(Links().Replace(Lines().Replace(text, " "), "$1"), ""), " ").Trim();

    // Marks of quotes, lists, headings and tables at the beginning of a line.
    [GeneratedRegex(@"(?m)^[ \t]*(?:>+ ?|[-*+] |\d{1,3}\. |#{1,6} |\|)", RegexOptions.NonBacktracking)]
    private static partial Regex Lines();

    [GeneratedRegex(@"!?\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)", RegexOptions.NonBacktracking)]
    private static partial Regex Links();

    [GeneratedRegex("[*_`]{1,3}", RegexOptions.NonBacktracking)]
    private static partial Regex Marks();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Space();
}
