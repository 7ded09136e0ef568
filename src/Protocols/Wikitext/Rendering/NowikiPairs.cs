using System.Text;

namespace Plenum.Wikitext.Rendering;

/// <summary>Inside pre, nowiki changes nothing: its tags, where they come in pairs, vanish.</summary>
internal static class NowikiPairs
{
    private const string Start = "<nowiki>";
    private const string End = "</nowiki>";

    public static string Remove(string text)
    {
        var start = text.IndexOf(Start, StringComparison.OrdinalIgnoreCase);
        if (start < 0)
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        var done = 0;
        while (start >= 0 && text.IndexOf(End, start, StringComparison.OrdinalIgnoreCase) is >= 0 and var end)
        {
            // The last start before an end is the one that counts.
            start = text.LastIndexOf(Start, end, end - start + 1, StringComparison.OrdinalIgnoreCase);
            result.Append(text, done, start - done).Append(text, start + Start.Length, end - start - Start.Length);
            done = end + End.Length;
            start = text.IndexOf(Start, done, StringComparison.OrdinalIgnoreCase);
        }

        return result.Append(text, done, text.Length - done).ToString();
    }
}
