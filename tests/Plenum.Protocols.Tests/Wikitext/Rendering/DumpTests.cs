using System.Xml.Linq;
using Plenum.Testing;
using Plenum.Wikitext;
using Plenum.Wikitext.Rendering;
using Plenum.Wikitext.Site;

namespace Plenum.Protocols.Tests.Wikitext.Rendering;

/// <summary>Pages of real wikis, read beside the checkout.</summary>
public sealed class DumpTests
{
    private const string Folder = "mediawiki-dumps";

    [Theory]
    [InlineData("simplewiki.xml")]
    [InlineData("enwiki-articles-partial.xml")]
    public void Every_page_of_a_dump_renders_safely(string dump)
    {
        if (!SharedData.TryFind(Folder, out var folder))
        {
            VectorSet.ReportAbsent("wikitext-dumps");
            return;
        }

        var pages = Read(Path.Combine(folder, dump)).ToList();
        var wiki = new InMemoryWiki();
        foreach (var (title, text) in pages)
        {
            wiki.Save(title, text);
        }

        Assert.NotEmpty(pages);
        var engine = new WikitextEngine(wiki, wiki);
        Assert.All(pages, page =>
        {
            var rendered = engine.Render(page.Text, wiki.Parse(page.Title), new() { MagicLinks = MagicLinkKinds.All });
            Assert.Null(SafeHtml.FindProblem(rendered.Html));
            Assert.True(rendered.RedirectTarget is not null || rendered.ToPlainText().Length > 0, "A page that says something has words.");
        });
    }

    private static IEnumerable<(string Title, string Text)> Read(string path)
        => from page in XDocument.Load(path).Root!.Elements()
           where page.Name.LocalName == "page"
           let text = page.Descendants().First(e => e.Name.LocalName == "text").Value
           select (page.Elements().First(e => e.Name.LocalName == "title").Value, text);
}
