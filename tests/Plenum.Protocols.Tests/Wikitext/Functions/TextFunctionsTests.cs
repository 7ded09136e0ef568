using Plenum.Protocols.Tests.Wikitext.Expansion;

namespace Plenum.Protocols.Tests.Wikitext.Functions;

public sealed class TextFunctionsTests
{
    private readonly TestWiki _wiki = new();

    [Theory]
    [InlineData("{{uc:straße äö}} {{lc:ÄÖ}} {{ucfirst:äb}} {{lcfirst:ÄB}}", "STRASSE ÄÖ äö Äb äB")]
    [InlineData("{{lc:A<nowiki>B</nowiki>C}}", "a<nowiki>B</nowiki>c")]
    [InlineData("{{padleft:7|3}} {{padright:ä|3|ö}} {{padleft:abc|7|xy}} {{padleft:abc|2}}", "007 äöö xyxyabc abc")]
    [InlineData("{{formatnum:1234567.891}} {{formatnum:-5}} {{formatnum:1,234.5|R}} {{formatnum:1234|NOSEP}}", "1,234,567.891 −5 1234.5 1234")]
    [InlineData("{{formatnum:12345678901234567890}} {{formatnum:Kapitel 1234}} {{formatnum:007}}", "12,345,678,901,234,567,000 Kapitel 1,234 007")]
    [InlineData("{{plural:1|Stimme|Stimmen}} {{plural:0|Stimme|Stimmen}} {{plural:0|0=keine|eine|viele}}", "Stimme Stimmen keine")]
    [InlineData("{{gender:Ada|er|sie|sie/er}} {{gender:Ada|er|sie}} {{gender:Ada|x}}", "sie/er er x")]
    [InlineData("{{#len:äbc}} {{#pos:abcabc|c}} {{#rpos:abcabc|c}} {{#rpos:a|z}}", "3 2 5 -1")]
    [InlineData("{{#sub:abcdef|2}} {{#sub:abcdef|1|2}} {{#sub:abcdef|-2}} {{#sub:abcdef|1|-2}}", "cdef bc ef bcd")]
    [InlineData("{{#count:aXbXc|X}} {{#replace:aXbXc|X|-}} {{#replace:aXbXc|X|-|1}} {{#explode:a,b,c|,|-1}}", "2 a-b-c a-bXc c")]
    [InlineData("{{urlencode:a b&ä~}} {{urlencode:a b/ä|PATH}} {{urlencode:a b/ä|WIKI}} {{#urldecode:a%20b+c}}", "a+b%26%C3%A4%7E a%20b%2F%C3%A4 a_b/%C3%A4 a b c")]
    [InlineData("{{anchorencode:a b [[c|d]] ''e'' <b>f</b> ä%20}}", "a_b_d_e_f_ä%2520")]
    [InlineData("{{#titleparts:Talk:A/b/c|1}} {{#titleparts:Talk:A/b/c|1|2}} {{#titleparts:A/b/c|-1}} {{#titleparts:A/b/c||-1}}", "Talk:A b A/b c")]
    [InlineData("{{#rel2abs:../x|Hilfe/Bearbeiten}} {{#rel2abs:./x|a}} {{#rel2abs:x|a}} {{#rel2abs:a/../b}}", "Hilfe/x a/x x b")]
    [InlineData("{{ns:1}} {{ns:image}} {{nse:user talk}} {{ns:99}}.", "Talk File User_talk .")]
    [InlineData("{{#language:de}} {{#language:xx-yy}}", "Deutsch xx-YY")]
    [InlineData("{{#formatdate:2026-03-01|dmy}}", "<span class=\"mw-formatted-date\" title=\"2026-03-01\">1 March 2026</span>")]
    [InlineData("{{!}}{{=}}{{SITENAME}} {{SERVERNAME}}", "|=Parteiwiki wiki.example.org")]
    public void Texts_are_changed(string wikitext, string expanded) => Assert.Equal(expanded, _wiki.Text(wikitext));

    [Theory]
    [InlineData("{{PAGENAME}} {{NAMESPACE}} {{FULLPAGENAME}}", "Ada/Entwurf 1 User User:Ada/Entwurf 1")]
    [InlineData("{{BASEPAGENAME}} {{SUBPAGENAME}} {{ROOTPAGENAME}} {{TALKPAGENAME}}", "Ada Entwurf 1 Ada User talk:Ada/Entwurf 1")]
    [InlineData("{{PAGENAMEE}} {{FULLPAGENAMEE}} {{NAMESPACENUMBER}}", "Ada/Entwurf_1 User:Ada/Entwurf_1 2")]
    [InlineData("{{PAGENAME:Help:x}} {{NAMESPACE:Help:x}} {{TALKSPACE:Help:x}} {{PAGENAME:[}}", "X Help Help talk ")]
    [InlineData("{{PAGENAME:a'b\"c}}", "A&#39;b&#34;c")]
    [InlineData("{{localurl:a b|x=1}} {{fullurl:Help:a#b c}}", "/w/index.php?title=A_b&x=1 https://wiki.example.org/wiki/Help:A#b_c")]
    public void Pages_know_their_names(string wikitext, string expanded) => Assert.Equal(expanded, _wiki.Text(wikitext, "User:Ada/Entwurf 1"));

    [Theory]
    [InlineData("{{formatnum:1234567.891}} {{formatnum:1.234,5|R}}", "1.234.567,891 1234.5")]
    [InlineData("{{#time:l, j. F Y|2026-03-01}}", "Sonntag, 1. März 2026")]
    [InlineData("{{ns:1}} {{ns:Template}} {{JETZIGES_JAHR}}", "Diskussion Vorlage 2026")]
    public void German_wikis_write_German(string wikitext, string expanded) => Assert.Equal(expanded, new TestWiki("de").Text(wikitext));

    [Fact]
    public void A_second_sort_key_is_an_error_unless_told_otherwise()
    {
        Assert.Contains("class=\"error\"", _wiki.Text("{{DEFAULTSORT:a}}{{DEFAULTSORT:b}}"));
        Assert.Equal("b", _wiki.Expand("{{DEFAULTSORT:a}}{{DEFAULTSORT:b|noerror}}").DefaultSort);
        Assert.Equal("a", _wiki.Expand("{{DEFAULTSORT:a}}{{DEFAULTSORT:b|noreplace}}").DefaultSort);
    }

    [Fact]
    public void Messages_are_looked_up_and_filled_in()
    {
        _wiki.Pages.Messages["welcome"] = "Hallo $1, {{lc:ABC}}";
        Assert.Equal("Hallo Ada, abc ⧼fehlt⧽", _wiki.Text("{{int:welcome|Ada}} {{int:fehlt}}"));
    }
}
