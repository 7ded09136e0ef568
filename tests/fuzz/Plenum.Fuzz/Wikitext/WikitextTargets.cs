using System.Text;
using Plenum.Wikitext;
using Plenum.Wikitext.Expansion;
using Plenum.Wikitext.Saving;
using Plenum.Wikitext.Sections;
using Plenum.Wikitext.Site;

namespace Plenum.Fuzz.Wikitext;

internal static class WikitextTargets
{
    private static readonly InMemoryWiki s_wiki = Wiki();
    private static readonly PageTitle s_page = s_wiki.Parse("Benutzer:Ada/Entwurf");

    /// <summary>Any text is a page: it expands, is saved and renders, within limits.</summary>
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("wikitext-expand", octets => Expand(Encoding.UTF8.GetString(octets)),
            "{{A|x|b=[[y|z]]}} {{B|{{{1|d}}}|-{c}-}} {{#if:x|{{#switch:a|a|b=1|#default=2}}|{{#expr:1+2*(3 round 1)}}}} {{#time:j F Y|2026-03-01 +1 week}}",
            "a<noinclude>b</noinclude><onlyinclude>{{{{{1}}}|{{C}}}}</onlyinclude><!-- c -->\n <!-- d -->\n== e ==\n{{#tag:ref|f|name=g}}<nowiki>{{A}}</nowiki> __TOC__",
            "{{lc:A}}{{padleft:1|3|0}}{{formatnum:1234.5}}{{plural:2|a|b}}{{#titleparts:a/b/c|2|-1}}{{#rel2abs:../x|a/b}}{{#replace:abc|b|x}}{{urlencode:ä}}{{PAGENAME:Hilfe:x}}{{#iferror:{{#expr:1/0}}|a}}"),
        new("wikitext-save", octets => Save(Encoding.UTF8.GetString(octets)),
            "{{subst:A|x}} {{safesubst:#if:a|{{B}}}} ~~~~ <nowiki>~~~</nowiki> <!-- ~~~~~ -->", "[[Ada (Person), Bonn|]] [[|Bob]] [[:Hilfe:Ada（x）|]] [[a (b) (c)|]]"),
        new("wikitext-render", octets => Render(Encoding.UTF8.GetString(octets)),
            "== a ==\n'''b''' ''c'' [[D|e]] [http://example.org f] <ref name=g>h</ref>\n* i\n** j\n# k\n; l : m\n----\n{| class=n\n! o !! p\n|-\n| q || style=\"color:red\" | r\n|}\n<references/>",
            "<div style=\"color:red\" onclick=x><b>a<i>b</b>c</i><table><td>d</div> [[Datei:E.jpg|mini|100px|f]] [[Kategorie:G|h]] <gallery>\nE.jpg|i\n</gallery> <pre>j</pre> <poem>\nk\n</poem>"),
    ];

    private static void Expand(string text)
    {
        foreach (var mode in Enum.GetValues<ExpansionMode>())
        {
            var expanded = new Preprocessor(s_wiki, s_wiki).Expand(text, s_page, mode);
            foreach (var tag in expanded.Stripped.OfType<StrippedTag>().ToArray())
            {
                expanded.Expand(tag);
            }

            FuzzTarget.Require(expanded.Text.Length <= WikitextLimits.Default.MaxExpandedLength + 1000, "The result is longer than allowed.");
            FuzzTarget.Require(mode is ExpansionMode.Render || !expanded.Text.Contains(StripMarker.Delimiter), "A marker is left.");
        }

        var lines = text.Replace("\r\n", "\n", StringComparison.Ordinal);
        FuzzTarget.Require(string.Concat(PageSections.Of(text, s_wiki).All.Select(s => lines[s.Start..s.End])) == lines, "The sections are not the page.");
    }

    private static void Save(string text)
    {
        var saved = new PreSaveTransform(s_wiki, s_wiki).Transform(text, s_page, new Signer("Ada"));
        FuzzTarget.Require(!saved.Text.Contains(StripMarker.Delimiter), "A marker is left.");
    }

    private static void Render(string text)
    {
        var html = new WikitextEngine(s_wiki, s_wiki).Render(text, s_page).Html;
        FuzzTarget.Require(!html.Contains("<script", StringComparison.OrdinalIgnoreCase), "A script came through.");
        FuzzTarget.Require(!html.Contains("=\"javascript:", StringComparison.OrdinalIgnoreCase), "A script's address came through.");
        FuzzTarget.Require(!html.Contains(StripMarker.Delimiter), "A marker is left.");
    }

    private static InMemoryWiki Wiki()
    {
        var wiki = new InMemoryWiki("de", "Fuzz");
        wiki.Save("Vorlage:A", "<noinclude>x</noinclude>* {{{1|{{{a|}}}}}}{{{b}}}");
        wiki.Save("Vorlage:B", "{{A|{{{1}}}|a=1}}<onlyinclude>{{C}}</onlyinclude>");
        wiki.Save("Vorlage:C", "#WEITERLEITUNG [[Vorlage:A]]");
        wiki.Save("Vorlage:D", "{{D|{{{1}}}x}}{{{1}}}{{{1}}}");
        wiki.SaveFile(new("E.jpg", 400, 300, "image/jpeg", MediaKind.Bitmap, "/e.jpg"));
        return wiki;
    }
}
