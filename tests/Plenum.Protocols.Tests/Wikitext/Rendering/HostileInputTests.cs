using System.Diagnostics;
using Plenum.Wikitext;
using Plenum.Wikitext.Site;

namespace Plenum.Protocols.Tests.Wikitext.Rendering;

/// <summary>
/// Texts that make parsers slow. What is asserted is what the cost comes from: elements and characters grow at most in line with
/// the input. Set PLENUM_WIKITEXT_TIMES to print how long each takes.
/// </summary>
public sealed class HostileInputTests
{
    public static TheoryData<string, int> Killers { get; } = new()
    {
        { "*", 20_000 }, { "[[", 20_000 }, { "{{", 20_000 }, { "-{", 10_000 }, { "{|\n", 3_000 }, { "'", 40_000 }, { "<div>", 25_000 }, { "<b>", 20_000 },
        { "[[File:A.png|", 5_000 }, { "[[File:A.png|[[b]]", 5_000 }, { "[[File:A.png|thumb|[[File:A.png|thumb|x]]", 2_000 }, { "[http://a ", 10_000 }, { "[http://a", 10_000 },
        { "<b><i>", 10_000 }, { "<b><p>", 5_000 }, { "<a ", 10_000 }, { "<table><tr><td>", 3_000 }, { "<table><b>", 5_000 }, { ":;", 10_000 }, { ";a:b\n", 5_000 },
        { "\n*#*#*#*#*#*#*#", 2_000 }, { "''a'''b", 10_000 }, { "'''''a\n", 10_000 }, { "<ref>", 10_000 }, { "<ref>a</ref>", 2_000 }, { "<ref name=a>b</ref>", 3_000 },
        { "<nowiki>", 10_000 }, { "<poem>", 5_000 }, { "== a ==\n", 5_000 }, { "==a\n", 10_000 }, { "&", 40_000 }, { "&amp", 20_000 }, { "http://a", 8_000 }, { "http:// ", 8_000 },
        { "ISBN 1", 10_000 }, { "|-\n", 10_000 }, { "{|\n|-\n|a\n|}\n", 2_000 }, { " a\n", 10_000 }, { "\n\n", 20_000 }, { "<blockquote>a<b>", 5_000 },
        { "<b class=\"$\">a<p>", 3_000 }, { "[[a|b]] ", 8_000 }, { "[[Category:A]]\n", 8_000 }, { "<span class=\"x\">", 10_000 }, { "</b>", 20_000 }, { "<!--", 10_000 }, { "<p><b>x</p>", 3_000 },
        { "<b><div>x</b>", 3_000 }, { "|a||b", 5_000 }, { "{{{", 10_000 }, { "[[a#", 10_000 }, { "<small><blockquote>x</small>", 2_000 }, { "<i>a<div>b</div>", 5_000 },
    };

    [Theory]
    [MemberData(nameof(Killers))]
    public void The_cost_grows_no_faster_than_the_text(string piece, int count)
    {
        var single = Cost(piece, count / 2);
        var twice = Cost(piece, count);
        Assert.True(twice.Elements <= (single.Elements * 5 / 2) + 500, $"elements: {single.Elements} then {twice.Elements}");
        Assert.True(twice.Characters <= (single.Characters * 5L / 2) + 20_000, $"characters: {single.Characters} then {twice.Characters}");
        Assert.Null(SafeHtml.FindProblem(Render(piece, count / 20).Html));
    }

    private static (int Elements, int Characters) Cost(string piece, int count)
    {
        var watch = Stopwatch.StartNew();
        var page = Render(piece, count);
        if (Environment.GetEnvironmentVariable("PLENUM_WIKITEXT_TIMES") is not null)
        {
            Console.WriteLine($"time: {watch.Elapsed.TotalMilliseconds,8:F1} ms  {page.ElementCount,7} elements  {count} x {piece.Replace('\n', '^')}");
        }

        return (page.ElementCount, page.Html.Length);
    }

    private static RenderedPage Render(string piece, int count)
    {
        var wiki = new InMemoryWiki();
        wiki.SaveFile(new("A.png", 100, 50, "image/png", MediaKind.Bitmap, "/files/A.png"));
        var text = piece.Contains('$')
            ? string.Concat(Enumerable.Range(0, count).Select(i => piece.Replace("$", i.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)))
            : string.Concat(Enumerable.Repeat(piece, count));
        return new WikitextEngine(wiki, wiki).Render(text, wiki.Parse("Page"));
    }
}
