using Plenum.Wikitext;
using Plenum.Wikitext.Site;

namespace Plenum.Protocols.Tests.Wikitext.Parsing;

/// <summary>ref and references, on examples of our own.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void References_are_numbered_as_they_stand_and_listed_where_the_page_says()
    {
        var html = Render("a<ref>one</ref> b<ref name=\"m\">''two''</ref> c<ref name=\"m\" />\n<references />\nend").Html;

        Assert.Contains("<sup id=\"cite_ref-1\" class=\"reference\"><a href=\"#cite_note-1\">", html, StringComparison.Ordinal);
        Assert.Contains("href=\"#cite_note-m-2\"", html, StringComparison.Ordinal);
        Assert.Contains("<span class=\"reference-text\"><i>two</i></span>", html, StringComparison.Ordinal);
        Assert.Contains("href=\"#cite_ref-m_2-1\"", html, StringComparison.Ordinal);
        Assert.True(html.IndexOf("<ol class=\"references\">", StringComparison.Ordinal) < html.IndexOf("end", StringComparison.Ordinal));
    }

    [Fact]
    public void References_without_a_list_get_one_at_the_end()
        => Assert.Contains("<li id=\"cite_note-1\">", Render("a<ref>one</ref>").Html, StringComparison.Ordinal);

    [Fact]
    public void Groups_count_for_themselves()
    {
        var html = Render("a<ref>x</ref><ref group=\"note\">y</ref><references group=\"note\" />").Html;

        Assert.Contains("note 1", html, StringComparison.Ordinal);
        Assert.Contains("data-group=\"note\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_may_hold_the_texts()
    {
        var page = Render("a<ref name=\"x\" />\n<references><ref name=\"x\">text</ref><ref name=\"y\">unused</ref></references>");

        Assert.Contains("<span class=\"reference-text\">text</span>", page.Html, StringComparison.Ordinal);
        Assert.Contains(page.Warnings, w => w.Kind == PageWarningKind.Reference && w.Detail.Contains("“y”", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<ref></ref>", "needs a text or a name")]
    [InlineData("<ref name=\"12\">x</ref>", "must not be a number")]
    [InlineData("<ref name=\"a\" />", "no text for the reference")]
    [InlineData("<ref name=\"a\">x</ref><ref name=\"a\">y</ref>", "defined twice")]
    [InlineData("<ref nom=\"a\">x</ref>", "takes only")]
    public void Mistakes_are_said_where_they_stand(string wikitext, string message)
        => Assert.Contains(message, Render(wikitext).Html, StringComparison.Ordinal);

    private static RenderedPage Render(string wikitext)
    {
        var wiki = new InMemoryWiki();
        return new WikitextEngine(wiki, wiki).Render(wikitext, wiki.Parse("Page"));
    }
}
