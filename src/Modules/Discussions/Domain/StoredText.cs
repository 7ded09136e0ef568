using System.Text;

namespace Plenum.Discussions.Domain;

/// <summary>Text from outside as both databases take it: no NUL, no half of a surrogate pair, no longer than its place.</summary>
public static class StoredText
{
    /// <param name="maxLength">In UTF-16 code units.</param>
    public static string Of(string? text, int maxLength)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var cut = text.Length > maxLength ? text[..maxLength] : text;
        if (!NeedsRepair(cut))
        {
            return cut;
        }

        var clean = new StringBuilder(cut.Length);
        foreach (var rune in cut.EnumerateRunes())
        {
            if (rune.Value != 0)
            {
                clean.Append(rune.ToString()); // A lone surrogate comes as U+FFFD.
            }
        }

        return clean.ToString();
    }

    /// <summary>The same on one line, blanks and control characters folded into single spaces.</summary>
    public static string OneLine(string? text, int maxLength)
    {
        var line = new StringBuilder();
        foreach (var letter in text ?? "")
        {
            if (char.IsControl(letter) || char.IsWhiteSpace(letter))
            {
                if (line.Length > 0 && line[^1] != ' ')
                {
                    line.Append(' ');
                }
            }
            else
            {
                line.Append(letter);
            }
        }

        return Of(line.ToString().TrimEnd(), maxLength);
    }

    private static bool NeedsRepair(string text)
    {
        foreach (var letter in text)
        {
            if (letter == '\0' || char.IsSurrogate(letter))
            {
                return true;
            }
        }

        return false;
    }
}
