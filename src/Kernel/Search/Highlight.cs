using System.Text;
using Plenum.Kernel.Web;

namespace Plenum.Kernel.Search;

/// <summary>Marks what matched. The result is safe HTML: encoded text and &lt;mark&gt; elements.</summary>
internal static class Highlight
{
    private const int PassageLength = 240; // About three lines of a result.
    private const int LeadLength = 60;
    private const int MaxScan = 20_000; // Characters of a body that are looked through for the best passage.
    private const int MaxTerms = 4_000;

    public static string Whole(string text, string language, SearchTerms wanted) => Mark(text, 0, text.Length, Matches(text, language, wanted));

    /// <summary>The passage with most matches, the first of them if several are as good; the beginning if nothing matches.</summary>
    public static string Passage(string text, string language, SearchTerms wanted)
    {
        var scanned = text.Length > MaxScan ? text[..MaxScan] : text;
        var matches = Matches(scanned, language, wanted);
        var best = matches.Count == 0 ? 0 : matches.MaxBy(m => matches.Count(o => o.Start >= m.Start && o.End <= m.Start + PassageLength - LeadLength)).Start;
        var start = WordStart(scanned, Math.Max(0, best - LeadLength));
        var end = Math.Min(scanned.Length, start + PassageLength);
        end = end < scanned.Length && char.IsLowSurrogate(scanned[end]) ? end - 1 : end;
        return (start > 0 ? "… " : "") + Mark(scanned, start, end, matches) + (end < text.Length ? " …" : "");
    }

    private static List<Term> Matches(string text, string language, SearchTerms wanted)
        => [.. Terms.Of(text, language, MaxTerms).Where(t => wanted.Matches(t.Text)).Take(200)];

    private static int WordStart(string text, int from)
    {
        if (from == 0)
        {
            return 0;
        }

        var space = text.IndexOf(' ', from);
        return space >= 0 && space < from + LeadLength ? space + 1 : char.IsLowSurrogate(text[from]) ? from + 1 : from;
    }

    private static string Mark(string text, int start, int end, List<Term> matches)
    {
        var html = new StringBuilder();
        var at = start;
        foreach (var match in matches.Where(m => m.Start >= start && m.End <= end))
        {
            if (match.Start >= at)
            {
                html.Append(HtmlText.Escape(text[at..match.Start]));
                html.Append("<mark>").Append(HtmlText.Escape(text[match.Start..match.End])).Append("</mark>");
                at = match.End;
            }
        }

        return html.Append(HtmlText.Escape(text[at..end])).ToString();
    }
}
