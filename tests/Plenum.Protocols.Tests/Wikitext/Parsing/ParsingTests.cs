using Plenum.Wikitext;
using Plenum.Wikitext.Rendering;
using Plenum.Wikitext.Site;

namespace Plenum.Protocols.Tests.Wikitext.Parsing;

/// <summary>What authors write and readers see, on examples of our own; MediaWiki's many cases run beside (ParserTests).</summary>
public sealed class ParsingTests
{
    private readonly InMemoryWiki _wiki = new();

    public ParsingTests()
    {
        _wiki.Save("Board", "The board.");
        _wiki.Save("Committee", "#REDIRECT [[Board]]");
        _wiki.SaveFile(new("Hall.jpg", 1600, 1200, "image/jpeg", MediaKind.Bitmap, "/files/Hall.jpg"));
        _wiki.SaveFile(new("Speech.oga", 0, 0, "audio/ogg", MediaKind.Audio, "/files/Speech.oga"));
    }

    [Theory]
    [InlineData("''a'' '''b''' '''''c'''''", "<p><i>a</i> <b>b</b> <i><b>c</b></i></p>")]
    [InlineData("l'''union''", "<p>l'<i>union</i></p>")]
    [InlineData("* a\n** b\n* c", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>")]
    [InlineData("; quorum : a third", "<dl><dt>quorum</dt><dd>a third</dd></dl>")]
    [InlineData("a\n\nb", "<p>a</p><p>b</p>")]
    [InlineData(" code", "<pre>code\n</pre>")]
    [InlineData("----", "<hr/>")]
    [InlineData("{|\n! a !! b\n|-\n| 1 || 2\n|}", "<table><tbody><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></tbody></table>")]
    [InlineData("[[Board]]s", "<p><a href=\"/wiki/Board\" title=\"Board\">Boards</a></p>")]
    [InlineData("[[committee|c]]", "<p><a class=\"mw-redirect\" href=\"/wiki/Committee\" title=\"Committee\">c</a></p>")]
    [InlineData("[[Nowhere]]", "<p><a class=\"new\" href=\"/w/index.php?title=Nowhere&amp;action=edit&amp;redlink=1\" title=\"Nowhere (page does not exist)\">Nowhere</a></p>")]
    [InlineData("[https://example.org x]", "<p><a class=\"external text\" href=\"https://example.org\" rel=\"nofollow\">x</a></p>")]
    [InlineData("see https://example.org/a.", "<p>see <a class=\"external free\" href=\"https://example.org/a\" rel=\"nofollow\">https://example.org/a</a>.</p>")]
    [InlineData("<i>a<div>b</div>c</i>", "<p><i>a</i></p><i><div>b</div></i><p><i>c</i></p>")]
    [InlineData("<div>a", "<div>a</div>")]
    [InlineData("a < b > c & d", "<p>a &lt; b &gt; c &amp; d</p>")]
    [InlineData("100 % ?", "<p>100&#160;%&#160;?</p>")]
    public void Markup_becomes(string wikitext, string html)
        => Assert.Equal(ParserTests.NormalTree.Of(html), ParserTests.NormalTree.Of(Render(wikitext).Html));

    [Fact]
    public void A_page_names_what_it_links_to()
    {
        var page = Render("[[Board]] [[Nowhere]] [[Category:Reports|r]] [[Image:Hall.jpg]] [https://example.org x] [[File:Missing.png]]");

        Assert.Equal([("Board", true), ("Nowhere", false)], page.Links.Select(l => (l.Title.Text, l.Exists)));
        Assert.Equal([("Reports", "r")], page.Categories.Select(c => (c.Title.Text, c.SortKey)));
        Assert.Equal([("Hall.jpg", true), ("Missing.png", false)], page.Files.Select(f => (f.Title.Text, f.Exists)));
        Assert.Equal(["https://example.org"], page.ExternalLinks);
    }

    [Fact]
    public void Headings_have_anchors_numbers_and_edit_links()
    {
        var page = Render(
            "== Über uns ==\n=== Wahl ===\n== Über uns ==\n== Ende ==",
            new() { SectionEditUrl = (title, section) => $"/edit/{title.Key}/{section}" });

        Assert.Equal(["Über_uns", "Wahl", "Über_uns_2", "Ende"], page.Sections.Select(s => s.Anchor));
        Assert.Equal(["1", "1.1", "2", "3"], page.Sections.Select(s => s.Number));
        Assert.True(page.ShowsContents);
        Assert.Contains("id=\"toc\"", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_few_words_a_page_gets_are_German_for_German_readers()
    {
        var page = Render("== a ==\n== b ==\n== c ==\n== d ==\n[[Nirgends]]", new() { Language = "de" });

        Assert.Contains("Inhaltsverzeichnis", page.Html, StringComparison.Ordinal);
        Assert.Contains("Nirgends (Seite nicht vorhanden)", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void German_wikis_know_German_words()
    {
        var wiki = new InMemoryWiki("de");
        wiki.SaveFile(new("Saal.jpg", 1600, 1200, "image/jpeg", MediaKind.Bitmap, "/dateien/Saal.jpg"));
        wiki.Save("Größe", "x");
        var page = new WikitextEngine(wiki, wiki).Render("[[Größe]]ß [[Datei:Saal.jpg|mini|links|alternativtext=Ein Saal|Der Saal]] [[Kategorie:Räume]]", wiki.Parse("Seite"));

        Assert.Contains(">Größeß</a>", page.Html, StringComparison.Ordinal);
        Assert.Contains("mw-halign-left", page.Html, StringComparison.Ordinal);
        Assert.Contains("alt=\"Ein Saal\"", page.Html, StringComparison.Ordinal);
        Assert.Equal("Räume", Assert.Single(page.Categories).Title.Text);
    }

    [Fact]
    public void Sound_gets_a_player()
        => Assert.Contains("<audio controls=\"\" preload=\"none\"", Render("[[File:Speech.oga]]").Html, StringComparison.Ordinal);

    [Fact]
    public void Plain_text_has_the_words_only()
    {
        var text = Render("== Report ==\nThe '''[[board|committee]]''' met.\n* one\n* two\n{|\n| a || b\n|}\n<nowiki>[[x]]</nowiki>").ToPlainText();

        Assert.Equal("Report\nThe committee met.\none\ntwo\na\tb\n[[x]]", text);
    }

    [Fact]
    public void A_tag_of_the_wiki_is_shown_by_its_renderer()
    {
        var options = new RenderOptions { Tags = new Dictionary<string, ITagRenderer> { ["poem"] = new Shout() } };

        Assert.Contains("<p><b>HEAR <i>me</i></b>", Render("<poem>hear ''me''</poem>", options).Html, StringComparison.Ordinal);
    }

    private RenderedPage Render(string wikitext, RenderOptions? options = null) => new WikitextEngine(_wiki, _wiki).Render(wikitext, _wiki.Parse("Page"), options);

    private sealed class Shout : ITagRenderer
    {
        public TagOutput Render(TagInput tag, ITagContext page)
            => new($"<b onclick=\"x()\">{page.ParseInline(tag.Content!.Replace("hear", "HEAR", StringComparison.Ordinal))}</b>");
    }
}
