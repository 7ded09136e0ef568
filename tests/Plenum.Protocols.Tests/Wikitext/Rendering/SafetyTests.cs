using CsCheck;
using Plenum.Protocols.Tests.Wikitext.ParserTests;
using Plenum.Testing;
using Plenum.Wikitext;
using Plenum.Wikitext.Site;

namespace Plenum.Protocols.Tests.Wikitext.Rendering;

/// <summary>Whatever the input: no exception, and HTML that a reader's browser may be given.</summary>
public sealed class SafetyTests
{
    private static readonly string[] Pieces =
    [
        "'''", "''", "'''''", "[[", "]]", "|", "[", "]", "[http://example.org ", "[//x ", "javascript:alert(1)", "http://", "https://e.org/", "{|", "|}", "|-", "||",
        "!!", "!", "\n", "\n\n", "* ", "# ", "; ", ": ", "== ", " ==", "----", " ", "\t", "<b>", "</b>", "<i ", "<div ", "</div>", "<p>", "</p>", "<table>", "</table>",
        "<td>", "<tr>", "<li>", "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<nowiki>", "</nowiki>", "<ref>", "</ref>", "<ref name=\"a\" />", "<references />",
        "<gallery>", "</gallery>", "<poem>", "</poem>", "<script>", "</script>", "<img src=x onerror=", "<svg/onload=", "style=\"", "style=\"background:url(", "onclick=\"",
        "href=\"", "class=\"", "id=\"", "title='", ">", "/>", "\"", "'", "<", "&", "&lt;", "&#58;", "&#x0a;", "&amp;lt;", "File:A.png", "Category:X", "File:A.png|thumb|",
        "link=", "alt=", "upright", "100px", "#", "..", "/", ":", "%6a", "%22", "\\", "\u007F", "\u007F1\u007F", "\u007FL0\u007F", "\u007FV0\u007F", "\u0000", "\uFFFD", "\uD83D", "𝒳", "ä", "__TOC__",
        "{{", "}}", "{{{", "}}}", "-{", "}-", "ISBN 1234567890", "RFC 1", "<!--", "-->", "<h2>", "</h2>", "<br>", "<meta itemprop=a content=b>", "<link itemprop=a href=",
        "data:text/html,", "vbscript:", "<span data-mw='x'>", "<a href=", "</a>", "<math>", "</math>", "<syntaxhighlight lang=x>", "</syntaxhighlight>",
    ];

    private static readonly Gen<string> Soup = Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[0, 40].Select(p => string.Concat(p));

    [Fact]
    public void Soup_of_markup_gives_safe_html()
        => Soup.Sample(
            wikitext =>
            {
                var problem = SafeHtml.FindProblem(Render(wikitext));
                Assert.True(problem is null, $"{problem} from {wikitext}");
            },
            iter: 3000);

    [Theory]
    [InlineData("ref")]
    [InlineData("poem")]
    [InlineData("gallery")]
    [InlineData("nowiki")]
    [InlineData("pre")]
    [InlineData("syntaxhighlight")]
    [InlineData("references")]
    public void Tags_that_double_what_they_hold_end_in_a_page(string tag)
    {
        var wiki = new InMemoryWiki("de", "Parteiwiki");
        wiki.Save("Vorlage:D", $"{{{{#tag:{tag}|{{{{{{1}}}}}}{{{{{{1}}}}}}}}}}");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var html = new WikitextEngine(wiki, wiki).Render("a " + string.Concat(Enumerable.Repeat("{{D|", 30)) + "x" + new string('}', 60) + " b", wiki.Parse("A")).Html;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 400_000_000);
        Assert.InRange(html.Length, 1, 10_000_000);
    }

    [Fact]
    public void Any_text_gives_safe_html()
        => Gen.String.Sample(wikitext => Assert.Null(SafeHtml.FindProblem(Render(wikitext))), iter: 1000);

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<div onclick=\"alert(1)\">x</div>")]
    [InlineData("<div style=\"background:ur\\6c(http://evil.example/)\">x</div>")]
    [InlineData("[javascript:alert(1) x]")]
    [InlineData("[[File:A.png|link=javascript:alert(1)]]")]
    [InlineData("<blockquote cite=\"javascript:alert(1)\">x</blockquote>")]
    [InlineData("<link itemprop=\"a\" href=\"javascript:alert(1)\">")]
    [InlineData("<nowiki><script></nowiki>")]
    [InlineData("<div title=\"<nowiki>\"></nowiki> onclick=alert(1)\">x</div>")]
    [InlineData("[http://example.org/\"onmouseover=alert(1) x]")]
    [InlineData("<table background=\"javascript:alert(1)\"><tr><td>x</td></tr></table>")]
    [InlineData("[[x|<img src=x onerror=alert(1)>]]")]
    [InlineData("\u007FV0\u007F\u007FL0\u007F\u007F0\u007F")]
    public void Attacks_come_out_harmless(string wikitext) => Assert.Null(SafeHtml.FindProblem(Render(wikitext)));

    [Fact]
    public void All_of_the_parser_tests_render_safely()
    {
        if (!SharedData.TryFind("wikitext-parsertests", out var folder))
        {
            return;
        }

        List<string> problems = [];
        var (slowest, slowestCase) = (TimeSpan.Zero, "");
        foreach (var file in Directory.GetFiles(folder, "*.txt").Select(ParserTestFile.Read))
        {
            foreach (var test in file.Cases)
            {
                var html = ParserTestRun.Render(file, test).Html; // Compiles the code.
                var started = Environment.CpuUsage.TotalTime;
                ParserTestRun.Render(file, test);
                var taken = Environment.CpuUsage.TotalTime - started;
                (slowest, slowestCase) = taken > slowest ? (taken, $"{file.Name} :: {test.Name}") : (slowest, slowestCase);
                if (SafeHtml.FindProblem(html) is { } problem)
                {
                    problems.Add($"{file.Name} :: {test.Name}: {problem}");
                }
            }
        }

        if (Environment.GetEnvironmentVariable("PLENUM_WIKITEXT_TIMES") is not null)
        {
            Console.WriteLine($"slowest: {slowest.TotalMilliseconds:F1} ms of processor time: {slowestCase}"); // Means something when this test runs alone.
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    private static string Render(string wikitext)
    {
        var wiki = new InMemoryWiki();
        wiki.SaveFile(new("A.png", 100, 50, "image/png", MediaKind.Bitmap, "/files/A.png"));
        return new WikitextEngine(wiki, wiki).Render(wikitext, wiki.Parse("Page"), new() { MagicLinks = Plenum.Wikitext.Rendering.MagicLinkKinds.All }).Html;
    }
}
