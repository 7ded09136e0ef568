using Plenum.Wikitext.Site;

namespace Plenum.Interop.Tests.Wikitext;

/// <summary>The templates that both wikis have, in our words.</summary>
internal static class OracleWiki
{
    public static IReadOnlyDictionary<string, string> Templates { get; } = new Dictionary<string, string>
    {
        ["Plain"] = "plain",
        ["Args"] = "one=[{{{1}}}] two=[{{{2|def}}}] name=[{{{name|<none>}}}]",
        ["Twice"] = "{{{1|}}}{{{1}}}",
        ["Item"] = "* item {{{1}}}",
        ["Grid"] = "{| class=x\n|-\n| {{{1|a}}} || {{{2|b}}}\n|}",
        ["Doc"] = "a<noinclude>documentation {{Plain}}</noinclude>b<includeonly>c{{{1|}}}</includeonly>d",
        ["Only"] = "x<onlyinclude>O1 {{{1|}}}</onlyinclude>y<onlyinclude>O2</onlyinclude>z<noinclude>q</noinclude>",
        ["Old name"] = "#REDIRECT [[Template:Args]]",
        ["Round"] = "({{Trip|{{{1|}}}}})",
        ["Trip"] = "<{{Round|{{{1|}}}}}>",
        ["Heading"] = "== H {{{1|}}} ==\ntext\n=== sub ===\nend",
        ["Call"] = "{{{{{1|Plain}}}|{{{2|}}}}}",
        ["Chain"] = "{{{a|{{{b|{{{c|d}}}}}}}}}",
        ["Choose"] = "{{#switch:{{lc:{{{1|}}}}}|a|b=first|c={{{2|second}}}|#default=other {{{1|}}}}}",
        ["Check"] = "{{#if:{{{1|}}}|yes {{{1}}}|no}}{{#ifeq:{{{1|}}}|{{{2|}}}|=|≠}}",
        ["Sum"] = "{{#expr:{{{1|0}}}+{{{2|0}}}}}",
        ["Nowiki"] = "<nowiki>{{{1}}}</nowiki>{{{1|}}}",
        ["Colon"] = ": indented {{{1|}}}",
        ["Comment"] = "a<!-- {{{1}}} -->b\n<!-- line -->\nc",
        ["Pipe"] = "{{{1}}}{{!}}{{{2|}}}",
        ["Equals"] = "a=b|c={{{c|}}}",
        ["Nested"] = "{{Args|{{Args|{{{1|}}}|name={{{name|}}}}}|{{{2|}}}|name={{Plain}}}}",
    };

    /// <summary>Pages that links lead to.</summary>
    public static IReadOnlyList<string> Pages { get; } = ["Ada", "Help:Page", "Straße", "User:Ada"];

    public const string Picture = "Hall.gif";

    /// <summary>A picture of 400 by 300 pixels, all of the same colour but for the one that is written.</summary>
    public static byte[] PictureOctets { get; } = [.. "GIF89a"u8, 0x90, 0x01, 0x2C, 0x01, 0x80, 0, 0, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3B];

    /// <summary>The same wiki in memory.</summary>
    public static InMemoryWiki Create(string language, string address)
    {
        var wiki = new InMemoryWiki(language, "Testwiki") { Server = address, ArticlePath = "/index.php/$1", ScriptPath = "" };
        foreach (var (name, text) in Templates)
        {
            wiki.Save("Template:" + name, text);
        }

        foreach (var title in Pages)
        {
            wiki.Save(title, "A page.");
        }

        wiki.SaveFile(new(Picture, 400, 300, "image/gif", MediaKind.Bitmap, "/images/Hall.gif"));
        return wiki;
    }
}
