using CsCheck;
using Plenum.Wikitext.Site;

namespace Plenum.Protocols.Tests.Wikitext.Site;

public sealed class PageTitleTests
{
    private readonly InMemoryWiki _wiki = new("de", "Parteiwiki")
    {
        Interwikis = new(
        [
            new("wikipedia", "https://de.wikipedia.example/wiki/$1"),
            new("hier", "/wiki/$1") { IsThisWiki = true },
        ]),
    };

    [Theory]
    [InlineData("satzung", "Satzung")]
    [InlineData("  die__satzung _ ", "Die satzung")]
    [InlineData("äpfel", "Äpfel")]
    [InlineData("benutzer : ada", "Benutzer:Ada")]
    [InlineData("user talk:ada", "Benutzer Diskussion:Ada")]
    [InlineData("User_talk:Ada/Entwurf", "Benutzer Diskussion:Ada/Entwurf")]
    [InlineData("bild:Wappen.png", "Datei:Wappen.png")]
    [InlineData(":kategorie:Anträge", "Kategorie:Anträge")]
    [InlineData("Project:hilfe", "Parteiwiki:Hilfe")]
    [InlineData("a:b", "A:b")]
    [InlineData("Frage&nbsp;1 &amp; 2", "Frage 1 & 2")]
    [InlineData("wikipedia:Bund", "wikipedia:Bund")]
    [InlineData("WIKIPEDIA:Benutzer:x", "wikipedia:Benutzer:x")]
    [InlineData("hier:benutzer:ada", "Benutzer:Ada")]
    [InlineData("hier:", "Hauptseite")]
    [InlineData("100%", "100%")]
    [InlineData("Dr. Who", "Dr. Who")]
    [InlineData("…", "…")]
    public void A_title_is_normalised_as_in_MediaWiki(string written, string normalised)
    {
        Assert.True(PageTitle.TryParse(written, _wiki, out var title));
        Assert.Equal(normalised, title.PrefixedText);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData(":")]
    [InlineData("::a")]
    [InlineData("Benutzer:")]
    [InlineData("a[b")]
    [InlineData("a{b}")]
    [InlineData("a|b")]
    [InlineData("a<b")]
    [InlineData("a\tb")]
    [InlineData(".")]
    [InlineData("../a")]
    [InlineData("a/./b")]
    [InlineData("a/..")]
    [InlineData("a~~~b")]
    [InlineData("a%41b")]
    [InlineData("a&amp;lt;b")]
    [InlineData("Diskussion:Benutzer:Ada")]
    [InlineData("Diskussion:wikipedia:Ada")]
    [InlineData("a\uFFFDb")]
    public void What_no_page_can_be_called_is_refused(string written)
        => Assert.False(PageTitle.TryParse(written, _wiki, out _));

    [Fact]
    public void A_name_has_255_octets_and_a_special_page_512()
    {
        Assert.True(PageTitle.TryParse(new string('ä', 127) + "x", _wiki, out _));
        Assert.False(PageTitle.TryParse(new string('ä', 128), _wiki, out _));
        Assert.True(PageTitle.TryParse("Spezial:" + new string('x', 512), _wiki, out _));
        Assert.False(PageTitle.TryParse("Spezial:" + new string('x', 513), _wiki, out _));
    }

    [Fact]
    public void A_fragment_is_kept_apart_and_does_not_make_another_page()
    {
        var plain = _wiki.Parse("Satzung");
        var place = _wiki.Parse("Satzung #§ 3_Beitrag");
        Assert.Equal("§ 3 Beitrag", place.Fragment);
        Assert.Equal("Satzung#§ 3 Beitrag", place.FullText);
        Assert.Equal(plain, place);
        Assert.True(_wiki.Parse("#oben").IsBareFragment);
    }

    [Fact]
    public void Percent_escapes_count_in_links_only()
    {
        Assert.True(PageTitle.TryParseLink("Stra%C3%9Fe%20%31", _wiki, out var title));
        Assert.Equal("Straße 1", title.Text);
        Assert.False(PageTitle.TryParseLink("a%3Cb", _wiki, out _));
    }

    [Fact]
    public void Talk_and_subject_pages_find_each_other()
    {
        var page = _wiki.Parse("Vorlage:Info");
        Assert.Equal("Vorlage Diskussion:Info", page.Talk(_wiki)?.PrefixedText);
        Assert.Equal(page, page.Talk(_wiki)?.Subject(_wiki));
        Assert.Null(_wiki.Parse("Spezial:Suche").Talk(_wiki));
    }

    [Fact]
    public void Subpages_exist_where_the_namespace_has_them()
    {
        var page = _wiki.Parse("Benutzer:Ada/Entwürfe/Rede");
        Assert.Equal(("Ada/Entwürfe", "Ada", "Rede"), (page.BaseText, page.RootText, page.SubpageText));
        var article = _wiki.Parse("Ada/Rede");
        Assert.Equal(("Ada/Rede", "Ada/Rede", "Ada/Rede"), (article.BaseText, article.RootText, article.SubpageText));
    }

    [Fact]
    public void Reading_a_normalised_title_again_changes_nothing()
        => Gen.String[Gen.Char["aÄß :_/.#%&;~[x\u00A0\u200Ehieruser"], 0, 24].Sample(text =>
        {
            if (!PageTitle.TryParse(text, _wiki, out var once))
            {
                return true;
            }

            var prefix = once.Namespace.Id == WikiNamespace.Main && !once.IsExternal ? ":" : "";
            return once.IsBareFragment || (PageTitle.TryParse(prefix + once.FullText, _wiki, out var twice) && twice.Equals(once) && twice.Fragment == once.Fragment);
        });

    [Theory]
    [InlineData("#REDIRECT [[Ziel]]", "Ziel")]
    [InlineData("\n #redirect: [[Ziel#Ort|Text]] mehr", "Ziel#Ort")]
    [InlineData("#WEITERLEITUNG [[:Kategorie:Ziel]]", "Kategorie:Ziel")]
    [InlineData("#REDIRECT Ziel", null)]
    [InlineData("Text #REDIRECT [[Ziel]]", null)]
    [InlineData("#REDIRECT [[wikipedia:Ziel]]", null)]
    public void A_redirect_names_its_target(string wikitext, string? target)
        => Assert.Equal(target, Redirect.TryRead(wikitext, _wiki, out var title) ? title.FullText : null);
}
