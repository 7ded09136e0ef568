using CsCheck;
using Plenum.Protocols.Tests.Wikitext.Expansion;
using Plenum.Wikitext.Saving;

namespace Plenum.Protocols.Tests.Wikitext.Saving;

/// <summary>The clock of the test wiki stands at 1 March 2026, 10:05 in Berlin.</summary>
public sealed class PreSaveTransformTests
{
    private readonly TestWiki _wiki = new() { ["Gruß"] = "Hallo {{{1|Welt}}}<noinclude>Doku</noinclude>{{Uhr}}" };

    [Theory]
    [InlineData("~~~", "[[User:Ada|Ada]] ([[User talk:Ada|talk]])")]
    [InlineData("Ja. ~~~~", "Ja. [[User:Ada|Ada]] ([[User talk:Ada|talk]]) 10:05, 1 March 2026 (CET)")]
    [InlineData("~~~~~", "10:05, 1 March 2026 (CET)")]
    [InlineData("~~", "~~")]
    [InlineData("<nowiki>~~~~</nowiki> <!-- ~~~~ --> <pre>~~~</pre>", "<nowiki>~~~~</nowiki> <!-- ~~~~ --> <pre>~~~</pre>")]
    public void Tildes_become_a_signature(string wikitext, string saved) => Assert.Equal(saved, Save(wikitext));

    [Fact]
    public void A_german_wiki_signs_in_german()
    {
        var wiki = new TestWiki("de");
        var saved = new PreSaveTransform(wiki.Pages, wiki.Pages).Transform("~~~~", wiki.Pages.Parse("Seite"), new Signer("Ada"));
        Assert.Equal("[[Benutzer:Ada|Ada]] ([[Benutzer Diskussion:Ada|Diskussion]]) 10:05, 1. Mär. 2026 (CET)", saved.Text);
        Assert.True(saved.IsSigned);
    }

    [Fact]
    public void A_signature_of_ones_own_is_made_harmless()
    {
        var signer = new Signer("Ada") { Signature = "[[User:Ada|A]] ~~~~ {{Gruß|Bonn}}" };
        Assert.Equal("[[User:Ada|A]]  Hallo Bonn{{Uhr}}", Save("~~~", signer: signer));
        Assert.Equal("[[User:Ada|Ada]] ([[User talk:Ada|talk]])", Save("~~~", signer: new("Ada") { Signature = "a\nb" }));
        Assert.Equal("[[Special:Contributions/192.0.2.7|192.0.2.7]]", Save("~~~", signer: new("192.0.2.7") { IsRegistered = false }));
        Assert.Equal("[[User:A'B|A'B]]".Replace("'", "&#39;"), Save("~~~", signer: new("A'B"))[..24]);
    }

    [Theory]
    [InlineData("{{subst:Gruß}}", "Hallo Welt{{Uhr}}")]
    [InlineData("{{subst:Gruß|{{subst:lc:ADA}}}} {{Gruß}}", "Hallo ada{{Uhr}} {{Gruß}}")]
    [InlineData("{{subst:Fehlt|a}} {{{subst|x}}}", "{{subst:Fehlt|a}} {{{subst|x}}}")]
    [InlineData("<noinclude>{{subst:Gruß}}</noinclude>", "<noinclude>Hallo Welt{{Uhr}}</noinclude>")]
    [InlineData("{{ subst:PAGENAME }} {{safesubst:#if:x|ja}}", "Antrag 7 ja")]
    [InlineData("<ref>{{subst:Gruß}}</ref>", "<ref>{{subst:Gruß}}</ref>")]
    public void Substitution_happens_once(string wikitext, string saved) => Assert.Equal(saved, Save(wikitext));

    [Theory]
    [InlineData("[[Ada (Person)|]]", "[[Ada (Person)|Ada]]")]
    [InlineData("[[Help:Ada (Person)|]]", "[[Help:Ada (Person)|Ada]]")]
    [InlineData("[[:Category:Anträge|]]", "[[:Category:Anträge|Anträge]]")]
    [InlineData("[[Bonn, Rhein|]]", "[[Bonn, Rhein|Bonn]]")]
    [InlineData("[[Bonn, Rhein (Stadt)|]]", "[[Bonn, Rhein (Stadt)|Bonn, Rhein]]")]
    [InlineData("[[Bonn (Stadt), Rhein|]]", "[[Bonn (Stadt), Rhein|Bonn]]")]
    [InlineData("[[Ada（Person）|]]", "[[Ada（Person）|Ada]]")]
    [InlineData("[[Ada|]]", "[[Ada|Ada]]")]
    [InlineData("[[a#b|]] [[|]] [[a[b|]]", "[[a#b|]] [[|]] [[a[b|]]")]
    [InlineData("<nowiki>[[Ada (x)|]]</nowiki>", "<nowiki>[[Ada (x)|]]</nowiki>")]
    public void A_bare_pipe_names_the_link(string wikitext, string saved) => Assert.Equal(saved, Save(wikitext));

    [Theory]
    [InlineData("Ada (Person)", "[[|Bob]]", "[[Bob (Person)|Bob]]")]
    [InlineData("Bonn, Rhein", "[[|Köln]]", "[[Köln, Rhein|Köln]]")]
    [InlineData("Bonn", "[[|Köln]]", "[[Köln]]")]
    public void A_leading_pipe_takes_the_context_of_the_page(string page, string wikitext, string saved) => Assert.Equal(saved, Save(wikitext, page));

    [Fact]
    public void White_space_at_the_end_goes_and_line_ends_become_one_kind() => Assert.Equal("a\nb\nc", Save("a\r\nb\rc \n\n"));

    [Fact]
    public void Saving_again_changes_nothing()
    {
        string[] pieces = ["~~~", "~", "[[", "|", "]]", "a", " (b)", ", c", "{{subst:lc:X}}", "{{Gruß}}", "<nowiki>", "</nowiki>", "<!--", "-->", "\n", ":", "Help"];
        Gen.Int[0, pieces.Length - 1].Select(i => pieces[i]).Array[0, 14].Sample(parts =>
        {
            var once = Save(string.Concat(parts));
            return Save(once) == once || once.Contains("~~~") || once.Contains("|]]") || once.Contains("[[|") || once.Contains("{{subst:");
        });
    }

    private string Save(string wikitext, string page = "Antrag 7", Signer? signer = null)
        => new PreSaveTransform(_wiki.Pages, _wiki.Pages).Transform(wikitext, _wiki.Pages.Parse(page), signer ?? new Signer("Ada")).Text;
}
