using System.Globalization;
using System.Text;

namespace Plenum.Ui;

/// <summary>The face of someone without a picture: initials on a hue, both from the name alone.</summary>
public static class Initials
{
    public const int Hues = 24; // Steps of 15 degrees; the stylesheet has one class for each.

    /// <summary>First letters of the first and the last word, in upper case; "?" for a name without letters.</summary>
    public static string Of(string? name)
    {
        var words = (name ?? "").Split((char[])[' ', '-', '.', '_', '\t', '\u00a0'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var letters = words.Select(FirstLetter).OfType<string>().ToList();
        return letters.Count switch
        {
            0 => "?",
            1 => letters[0],
            _ => letters[0] + letters[^1],
        };
    }

    /// <summary>0 to 23; the same name has the same hue on every node and after every restart (FNV-1a).</summary>
    public static int HueOf(string? name)
    {
        var hash = 2166136261u;
        foreach (var letter in (name ?? "").Trim().ToUpperInvariant())
        {
            hash = unchecked((hash ^ letter) * 16777619u);
        }

        return (int)(hash % Hues);
    }

    private static string? FirstLetter(string word)
    {
        foreach (var rune in word.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
            {
                return rune.ToString().ToUpper(CultureInfo.InvariantCulture);
            }
        }

        return null;
    }
}
