using Plenum.Wikitext;
using Plenum.Wikitext.Rendering;
using Plenum.Wikitext.Site;

namespace Plenum.Protocols.Tests.Wikitext.Rendering;

/// <summary>Pages that need an editor's care are found in categories.</summary>
public sealed class TrackingTests
{
    [Theory]
    [InlineData("[[File:Missing.png]]", "broken-file-category", "Pages with broken file links")]
    [InlineData("<gallery>\nMissing.png\n</gallery>", "broken-file-category", "Pages with broken file links")]
    [InlineData("{{Loop}}", "template-loop-category", "Pages with template loops")]
    [InlineData("{{Loop|a=1|a=2}}", "duplicate-args-category", "Pages using duplicate arguments in template calls")]
    [InlineData("<ref name=\"x\" />", "cite-tracking-category-cite-error", "Pages with reference errors")]
    [InlineData("__NOINDEX__", "noindex-category", "Noindexed pages")]
    [InlineData("RFC 2822", "magiclink-tracking-rfc", "Pages using RFC magic links")]
    [InlineData("{{DISPLAYTITLE:Other}}", "restricted-displaytitle-ignored", "Pages with ignored display titles")]
    [InlineData("{{#invoke:Module|run}}", "scribunto-common-error-category", "Pages with script errors")]
    public void What_needs_care_is_tracked(string wikitext, string key, string category)
    {
        var wiki = new InMemoryWiki();
        wiki.Save("Template:Loop", "{{Loop}}");

        var page = new WikitextEngine(wiki, wiki).Render(wikitext, wiki.Parse("Page"), new() { MagicLinks = MagicLinkKinds.All });

        Assert.Contains((key, category), page.TrackingCategories.Select(c => (c.Key, c.Title.Text)));
    }

    [Fact]
    public void Depth_that_passes_the_limit_is_tracked_in_the_wikis_language()
    {
        var wiki = new InMemoryWiki("de");
        for (var i = 0; i < 60; i++)
        {
            wiki.Save($"Vorlage:V{i}", $"{{{{V{i + 1}}}}}");
        }

        var page = new WikitextEngine(wiki, wiki).Render("{{V0}}", wiki.Parse("Seite"));

        Assert.Equal("Seiten, die die Expansionstiefe überschreiten", Assert.Single(page.TrackingCategories).Title.Text);
    }

    [Fact]
    public void A_sound_page_is_in_none()
    {
        var wiki = new InMemoryWiki();

        Assert.Empty(new WikitextEngine(wiki, wiki).Render("== A ==\n[[Nowhere]] text", wiki.Parse("Page")).TrackingCategories);
    }
}
