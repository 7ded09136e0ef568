using Plenum.Wikitext;
using Plenum.Wikitext.Site;

namespace Plenum.Protocols.Tests.Wikitext;

/// <summary>The lines of docs/using/wikitext.md.</summary>
public sealed class UsingWikitextTests
{
    [Fact]
    public void The_page_about_using_the_library_tells_the_truth()
    {
        // A wiki with a template and a picture
        var wiki = new InMemoryWiki("de", "Vereinswiki");
        wiki.Save("Vorlage:Amt", "'''{{{1}}}''' ({{#if:{{{seit|}}}|seit {{{seit}}}|neu}})[[Kategorie:Ämter]]");
        wiki.SaveFile(new FileFacts("Saal.jpg", 800, 600, "image/jpeg", MediaKind.Bitmap, "/dateien/Saal.jpg"));

        // A page
        var engine = new WikitextEngine(wiki, wiki);
        var page = engine.Render(
            "== Vorstand ==\n* {{Amt|Vorsitz|seit=2024}}: [[Ada]]<ref>Wahl am 3. Mai</ref>\n[[Datei:Saal.jpg|mini|Der Saal]]",
            wiki.Parse("Vorstand"),
            new RenderOptions { ThumbnailWidth = 200, SectionEditUrl = (title, section) => $"/bearbeiten/{title.PrefixedKey}?abschnitt={section}" });

        // What came of it
        var html = page.Html;                                        // safe to send
        var heading = page.Sections[0].Anchor;                       // "Vorstand"
        var category = page.Categories[0].Title.Text;                // "Ämter"
        var missing = page.Links.Where(l => !l.Exists).ToList();     // red links: Ada
        var words = page.ToPlainText();                              // for a search index
        var summary = engine.RenderSummary("/* Vorstand */ [[Ada]] ergänzt", wiki.Parse("Vorstand"));

        Assert.Contains("<b>Vorsitz</b> (seit 2024)", html, StringComparison.Ordinal);
        Assert.Equal("Vorstand", heading);
        Assert.Equal("Ämter", category);
        Assert.Equal("Ada", Assert.Single(missing).Title.Text);
        Assert.Contains("Vorsitz (seit 2024): Ada", words, StringComparison.Ordinal);
        Assert.Contains(">Ada</a> ergänzt", summary, StringComparison.Ordinal);
    }
}
