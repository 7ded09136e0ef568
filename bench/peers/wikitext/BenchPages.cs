using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Plenum.Peers.Wikitext;

/// <summary>The pages that both sides render.</summary>
internal static class BenchPages
{
    private const string Real = "Real page";
    private const string Calls = "Page of calls";

    /// <summary>Octets of the page put together from real articles.</summary>
    private const int RealBytes = 50_000;

    private static readonly string[] s_articles = ["April", "August", "Art", "Air", "A", "Autonomous communities of Spain", "Wikipedia:Administrators"];

    public static IReadOnlyList<string> Measured { get; } = [Real, Calls];

    /// <summary>Titles and texts: the two measured pages, the templates they use, the articles of the dump.</summary>
    /// <param name="dumps">Folder with simplewiki.xml, an export of simple.wikipedia.org.</param>
    public static IEnumerable<(string Title, string Text)> Compose(string dumps)
    {
        var articles = ReadDump(Path.Combine(dumps, "simplewiki.xml"));
        foreach (var (title, text) in articles.Where(a => !a.Key.Contains(':', StringComparison.Ordinal)))
        {
            yield return (title, text); // "Wikipedia:" is another wiki to a fresh one.
        }

        var real = new StringBuilder();
        foreach (var title in s_articles)
        {
            real.Append(articles[title]).Append("\n\n");
        }

        yield return (Real, Cut(real.ToString()));
        yield return (Calls, PageOfCalls());
        yield return ("Template:Row", "{{#if:{{{1|}}}|{{Cell|{{{1}}}|{{lc:{{{2|}}}}}}}|nothing}}");
        yield return ("Template:Cell", "{{#ifeq:{{{1}}}|{{{2}}}|the same|{{{1}}}, {{{2|}}}}}");
    }

    private static string PageOfCalls()
    {
        var page = new StringBuilder();
        for (var i = 0; i < 500; i++)
        {
            page.Append(CultureInfo.InvariantCulture, $"* {{{{Row|Number {i:D3}|VALUE OF {i % 7}}}}} and more\n");
        }

        return page.ToString();
    }

    /// <summary>Whole lines up to the wanted size.</summary>
    private static string Cut(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var cut = Encoding.UTF8.GetString(bytes, 0, Math.Min(bytes.Length, RealBytes));
        return cut[..(cut.LastIndexOf('\n') + 1)];
    }

    private static Dictionary<string, string> ReadDump(string path)
    {
        var pages = new Dictionary<string, string>();
        foreach (var page in XDocument.Load(path).Descendants().Where(e => e.Name.LocalName == "page"))
        {
            var title = page.Elements().First(e => e.Name.LocalName == "title").Value;
            pages[title] = page.Descendants().First(e => e.Name.LocalName == "text").Value;
        }

        return pages;
    }
}
