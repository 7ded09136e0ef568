using System.Globalization;
using System.Text;
using BenchmarkDotNet.Attributes;
using Plenum.Wikitext;
using Plenum.Wikitext.Site;

namespace Plenum.Benchmarks.Wikitext;

/// <summary>
/// A page of 50,000 characters of ordinary wikitext (links, lists, tables, references, pictures), and one of 500 calls of templates two levels deep.
/// MediaWiki 1.39 on the same machine: 44 ms and 104 ms of CPU.
/// </summary>
[MemoryDiagnoser]
public class WikitextBenchmarks
{
    private const int PageLength = 50_000;
    private const int Calls = 500;

    private WikitextEngine _engine = null!;
    private PageTitle _page = null!;
    private string _article = "";
    private string _calls = "";

    [GlobalSetup]
    public void Prepare()
    {
        var wiki = new InMemoryWiki();
        wiki.SaveFile(new("Hall.jpg", 1600, 1200, "image/jpeg", MediaKind.Bitmap, "/files/Hall.jpg"));
        wiki.SaveFile(new("A.png", 100, 50, "image/png", MediaKind.Bitmap, "/files/A.png"));
        wiki.Save("Template:Row", "{{Cell|{{{1}}}|{{#ifeq:{{{2}}}|a|{{lc:YES}}|no}}}}");
        wiki.Save("Template:Cell", "{{#if:{{{1|}}}|<span class=\"cell\">{{{1}}} - {{{2}}}</span>}}");
        wiki.Save("Board", "The board.");
        _engine = new(wiki, wiki);
        _page = wiki.Parse("Annual report");
        _article = Article();
        _calls = string.Concat(Enumerable.Range(0, Calls).Select(i => $"* {{{{Row|Item {i}|{(i % 2 == 0 ? "a" : "b")}}}}}\n"));
    }

    [Benchmark]
    public int A_page_of_50000_characters() => _engine.Render(_article, _page).Html.Length;

    [Benchmark]
    public int A_page_of_500_calls_on_two_levels() => _engine.Render(_calls, _page).Html.Length;

    [Benchmark]
    public int Plain_text_of_a_page() => _engine.Render(_article, _page).ToPlainText().Length;

    /// <summary>Texts that make parsers slow; the tests have fifty of them. Bar: 50 ms each.</summary>
    [Benchmark]
    [Arguments("[[File:A.png|[[b]]", 5_000)]
    [Arguments("<div>", 25_000)]
    [Arguments("[http://a", 10_000)]
    [Arguments("== a ==\n", 5_000)]
    public int A_hostile_page(string piece, int count) => _engine.Render(string.Concat(Enumerable.Repeat(piece, count)), _page).Html.Length;

    private static string Article()
    {
        var text = new StringBuilder();
        for (var i = 0; text.Length < PageLength; i++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"""
                == Chapter {i} ==
                The '''district of [[Lower Valley {i}]]''' met in [[Upper Town|the upper town]]s.<ref name="m{i}">Minutes no. {i}, [https://example.org/minutes/{i} page {i}]</ref>
                [[File:Hall.jpg|thumb|left|200px|The hall in ''{1990 + i}'' with the [[Board|board]]]]
                It agreed on three points<ref name="m{i}" />:
                * Members pay ''at most'' {i} euros, see https://example.org/dues?year={i}.
                * The [[board]] reports
                ** in spring
                ** in autumn &ndash; at the [[General assembly {i}|assembly]]
                # first
                # second
                ; Quorum : a third of the members
                {"{|"} class="wikitable" style="text-align:left"
                ! Name !! Office !! Since
                |-
                | [[Ada]] || chair || {2000 + i}
                |-
                | [[Bob]] || treasurer || {2001 + i}
                {"|}"}
                A paragraph of plain words follows, as most of a page is plain words without any markup, and they have to be copied and looked through all the same; nobody
                would guess how often. [[Category:Reports]]


                """);
        }

        text.Length = PageLength;
        return text.ToString();
    }
}
