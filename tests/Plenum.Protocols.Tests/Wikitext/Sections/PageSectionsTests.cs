using CsCheck;
using Plenum.Wikitext.Sections;
using Plenum.Wikitext.Site;

namespace Plenum.Protocols.Tests.Wikitext.Sections;

public sealed class PageSectionsTests
{
    private const string Page = """
        Einleitung

        == Eins ==
        a
        === Eins a ===
        b
        <nowiki>
        == keine ==
        </nowiki>
        {{Vorlage|
        == auch keine ==
        }}
        <!-- == nein == -->
        == Zwei == <!-- doch -->
        c
        """;

    private readonly InMemoryWiki _wiki = new();

    [Fact]
    public void Headings_outside_of_templates_and_tags_open_sections()
        => Assert.Equal(
            [(0, 0, ""), (1, 2, "Eins"), (2, 3, "Eins a"), (4, 2, "Zwei")],
            PageSections.Of(Page, _wiki).All.Select(s => (s.Number, s.Level, s.Heading.Contains("<!--") ? "Zwei" : s.Title)));

    [Fact]
    public void A_section_comes_with_those_below_it()
    {
        var sections = PageSections.Of(Page, _wiki);
        Assert.Equal("Einleitung", sections.Extract(0));
        Assert.StartsWith("== Eins ==\na\n=== Eins a ===\nb", sections.Extract(1));
        Assert.EndsWith("<!-- == nein == -->", sections.Extract(1));
        Assert.StartsWith("=== Eins a ===", sections.Extract(2));
        Assert.Equal("== Zwei == <!-- doch -->\nc", sections.Extract(4));
        Assert.Null(sections.Extract(3));
        Assert.Null(sections.Extract(9));
    }

    [Fact]
    public void A_section_is_replaced_and_the_rest_stays()
    {
        var sections = PageSections.Of("vorn\n== A ==\na\n== B ==\nb", _wiki);
        Assert.Equal("vorn\n== A2 ==\nneu\n\n== B ==\nb", sections.Replace(1, "== A2 ==\nneu\n"));
        Assert.Equal("vorn\n== B ==\nb", sections.Replace(1, ""));
        Assert.Equal("neu vorn\n\n== A ==\na\n== B ==\nb", sections.Replace(0, "neu vorn"));
        Assert.Equal("vorn\n== A ==\na\n== B ==\nb\n\n== C ==\n\nc", sections.Append("C", "c"));
        Assert.Null(sections.Replace(3, "x"));
    }

    [Theory]
    [InlineData("=a=", 1, "a")]
    [InlineData("==a=", 1, "=a")]
    [InlineData("=a==", 1, "a=")]
    [InlineData("======= a =======", 6, "= a =")]
    [InlineData("===", 1, "=")]
    [InlineData("=====", 2, "=")]
    [InlineData("== a ==  ", 2, "a")]
    public void The_level_is_that_of_the_shorter_side(string line, int level, string title)
    {
        var section = PageSections.Of(line, _wiki).All[1];
        Assert.Equal((level, title), (section.Level, section.Title));
    }

    [Theory]
    [InlineData("= a")]
    [InlineData("==")]
    [InlineData(" == a ==")]
    [InlineData("== a == b")]
    [InlineData("[[ == a ==")]
    public void Other_lines_open_none(string line) => Assert.Single(PageSections.Of(line, _wiki).All);

    [Fact]
    public void The_sections_together_are_the_page()
    {
        string[] pieces = ["== ", " ==", "\n", "=", "a", "{{", "}}", "[[", "]]", "|", "<nowiki>", "</nowiki>", "<!--", "-->", "<includeonly>", "-{"];
        Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 25].Sample(parts =>
        {
            var text = string.Concat(parts);
            var all = PageSections.Of(text, _wiki).All;
            return string.Concat(all.Select(s => text[s.Start..s.End])) == text;
        });
    }
}
