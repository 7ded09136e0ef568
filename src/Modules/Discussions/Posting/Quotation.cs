using System.Text;

namespace Plenum.Discussions.Posting;

/// <summary>What someone else wrote, as the beginning of an answer.</summary>
public static class Quotation
{
    private const int MaxLines = 60; // A longer quote is cut to what one means anyway.

    /// <summary>Each line behind "> ", without the older quotes and the signature.</summary>
    /// <param name="attribution">The line above: "Ada Adler wrote:".</param>
    public static string Of(string text, string attribution)
    {
        ArgumentNullException.ThrowIfNull(text);
        var quoted = new StringBuilder(attribution).Append("\n\n");
        var lines = text.Split('\n').TakeWhile(l => l.TrimEnd('\r') != "-- ").Where(l => !l.StartsWith('>')).Select(l => l.TrimEnd()).ToList();
        while (lines is [.., ""])
        {
            lines.RemoveAt(lines.Count - 1);
        }

        var wasEmpty = true;
        foreach (var line in lines.SkipWhile(l => l.Length == 0).Take(MaxLines))
        {
            if (line.Length > 0 || !wasEmpty)
            {
                quoted.Append(line.Length == 0 ? ">" : "> " + line).Append('\n');
            }

            wasEmpty = line.Length == 0;
        }

        return quoted.Append('\n').ToString();
    }
}
