using System.Globalization;
using System.Text;

namespace Plenum.Interop.Tests.Wikitext;

/// <summary>Invents whole pages with every kind of markup, well formed or not. The same seed gives the same page.</summary>
internal sealed class PageGenerator(int seed)
{
    private static readonly string[] s_words = ["Ada", "motion", "Straße", "the board", "x", "1", "2026", "Übung", "it's", "A & B", "a < b", "c > d", "100 %", "é", "\"quoted\"", "a=b", "- 3", "«oui»", "so: far"];

    private static readonly string[] s_titles =
    [
        "Ada", "Nowhere", "ada", "Help:Page", "Help:Nowhere", "User:Ada", "Talk:Ada", "Ada#Part one", "#Part one", "/Sub", "../", "../Other", "Template:Plain", "Straße", "A_b__c", " Ada ", ":Ada",
        ":Category:Reports", "Nowhere#x y", "Ada (person)", "a/b", "A?b", "A+b", "100%", "AT&T", "It's", "&amp;x",
    ];

    private static readonly string[] s_noTitles = ["a<b", "a{b", "", " ", "a[b", "a>b", "../../../..", "A%20b%", "a\nb", "::", "%zz", "&lt;"];

    private static readonly string[] s_addresses =
    [
        "http://example.org", "https://example.org/a?b=c&d=e", "http://example.org/a_(b)", "mailto:ada@example.org", "//example.org/x", "ftp://example.org/", "http://example.org/a%20b", "https://example.org/ä#ö",
        "http://example.org/'x'", "http://example.org/a|b", "http://example.org:8080/~a", "javascript:x", "http://", "http://[::1]/x", "irc://example.org/c", "http://example.org/a,b", "http://example.org/&lt;x",
    ];

    private static readonly string[] s_attributes =
    [
        "class=\"box\"", "class=box", "id=\"a b\"", "id=part", "style=\"color:red\"", "style=\"background:url(x)\"", "style=\"width: expression(1)\"", "title='x &amp; y'", "lang=de", "dir=\"rtl\"", "onclick=\"x()\"", "align=\"right\"",
        "colspan=2", "rowspan=\"2\"", "data-x=\"1\"", "nowrap", "width=\"50%\"", "class=\"a  b\tc\"", "role=\"presentation\"", "title=\"''x''\"", "href=\"x\"", "scope=col", "bgcolor=#fff",
    ];

    private static readonly string[] s_inline = ["b", "i", "u", "s", "sup", "sub", "code", "small", "big", "span", "em", "strong", "del", "ins", "tt", "kbd", "q", "abbr", "font", "bdi", "mark", "var", "cite"];

    private static readonly string[] s_blocks = ["div", "blockquote", "center", "p", "ul", "dl", "pre"];

    private static readonly string[] s_soup =
    [
        "'''", "''", "'''''", "'", "[[", "]]", "[", "]", "|", "||", "!!", "\n", "\n", "\n", "\n\n", "\n*", "\n#", "\n:", "\n;", "\n**", "\n*#", "\n ", "\n==", "==", "===", "\n----", "\n{|", "\n|}", "\n|-", "\n|+", "\n|", "\n!",
        "a", "b", "x y", " ", " ", "Ada", "http://example.org", "[http://example.org ", ":", ";", "=", "<b>", "</b>", "<i>", "</i>", "<div>", "</div>", "<p>", "</p>", "<br>", "<br/>", "<li>", "</li>", "<ul>", "</ul>", "<table>",
        "</table>", "<tr>", "</tr>", "<td>", "</td>", "<span>", "</span>", "<pre>", "</pre>", "<nowiki>", "</nowiki>", "<nowiki/>", "<ref>", "</ref>", "<!-- c -->", "<blockquote>", "</blockquote>", "<center>", "</center>", "<s>",
        "</s>", "<small>", "</small>", "&amp;", "&lt;", "&nbsp;", "&#65;", "&x;", "<", ">", "\"", "{{Plain}}", "{{Grid}}", "{{Item|x}}", "{{!}}", "__TOC__", "__NOTOC__", "<foo>", "</foo>", "<hr>", "<references/>", "-{", "}-", "{{{1}}}",
    ];

    private readonly Random _random = new(seed);

    /// <summary>
    /// True inside headings: MediaWiki 1.39 wraps a heading's text in an element of its own, which shapes what unbalanced markup and missing
    /// files become; later versions, which ours follows, do not.
    /// </summary>
    private bool _isBalanced;

    /// <summary>A page as people write it, mistakes included.</summary>
    public string Page()
    {
        var page = new StringBuilder();
        for (var blocks = _random.Next(1, 6); blocks > 0; blocks--)
        {
            page.Append(Block(2)).Append(_random.Next(3) == 0 ? "\n\n" : "\n");
        }

        return page.ToString();
    }

    /// <summary>Pieces of markup in no order.</summary>
    public string Soup()
    {
        var soup = new StringBuilder();
        for (var pieces = _random.Next(2, 16); pieces > 0; pieces--)
        {
            soup.Append(Pick(s_soup));
        }

        return soup.ToString();
    }

    private string Block(int depth) => _random.Next(18) switch
    {
        0 or 1 => Heading(),
        2 or 3 => List(),
        4 or 5 => Table(depth),
        6 => $" {Phrase(1)}\n {Phrase(1)}",
        7 => $"<pre{Attributes()}>{Phrase(1)}\n{Word()}</pre>",
        8 => _random.Next(8) == 0 ? $"<h3{Attributes()}>{HeadingText()}</h3>" : Element(Pick(s_blocks), depth),
        9 => $"----{Pick(["", "-", Word()])}",
        10 => Pick(["__TOC__", "__NOTOC__", "__FORCETOC__", "<!-- a comment -->", "<references />", "<br clear=all>", "{{DISPLAYTITLE:x}}", "<hr>", "__NOEDITSECTION__"]),
        11 => $"<poem{Attributes()}>\n{Phrase(1)}\n  {Phrase(1)}\n</poem>",
        12 => $"<ul><li>{Phrase(1)}<li>{Phrase(1)}</ul>",
        13 => $"<table{Attributes()}><tr><td{Attributes()}>{Phrase(1)}</td><th>{Phrase(1)}</table>",
        14 => $"[[Category:{Pick(["Reports", "x y"])}{(Coin() ? "|" + Word() : "")}]]",
        _ => Phrase(3),
    };

    private string Heading()
    {
        var marks = new string('=', _random.Next(1, 7));
        var space = Coin() ? " " : "";
        return $"{marks}{space}{HeadingText()}{space}{(_random.Next(9) == 0 ? "=" : marks)}{(_random.Next(7) == 0 ? " <!-- c -->" : "")}";
    }

    private string HeadingText()
    {
        _isBalanced = true;
        var text = Coin() ? Phrase(1) : Pick(["Part one", "Part two", "Straße & Weg", "Part one"]);
        _isBalanced = false;
        return text;
    }

    private string List()
    {
        var list = new StringBuilder();
        for (var lines = _random.Next(1, 6); lines > 0; lines--)
        {
            for (var marks = _random.Next(1, 4); marks > 0; marks--)
            {
                list.Append(Pick(["*", "#", ":", "*", ";"]));
            }

            list.Append(Coin() ? " " : "").Append(Phrase(1)).Append(_random.Next(5) == 0 ? " : " + Word() : "").Append(lines > 1 ? "\n" : "");
        }

        return list.ToString();
    }

    private string Table(int depth)
    {
        var table = new StringBuilder($"{(_random.Next(8) == 0 ? ":" : "")}{{|{Attributes()}\n");
        if (_random.Next(3) == 0)
        {
            table.Append(CultureInfo.InvariantCulture, $"|+{(Coin() ? Attributes() + " | " : " ")}{Phrase(1)}\n");
        }

        for (var rows = _random.Next(0, 4); rows > 0; rows--)
        {
            table.Append(CultureInfo.InvariantCulture, $"|-{(_random.Next(6) == 0 ? "--" : "")}{Attributes()}\n");
            for (var cells = _random.Next(0, 4); cells > 0; cells--)
            {
                table.Append(_random.Next(6) switch
                {
                    0 => $"! {Phrase(1)} !! {Phrase(0)}\n",
                    1 => $"|{Attributes()} | {Phrase(1)}\n",
                    2 => $"| {Phrase(1)} || {Phrase(1)} ||{Attributes()}| {Word()}\n",
                    3 when depth > 0 => $"|\n{Block(depth - 1)}\n",
                    _ => $"| {Phrase(1)}\n",
                });
            }
        }

        return table.Append(_random.Next(9) == 0 ? "" : "|}").ToString();
    }

    private string Element(string name, int depth) => name == "p" || Coin()
        ? $"<{name}{Attributes()}>{Phrase(1)}</{name}>"
        : $"<{name}{Attributes()}>\n{(depth > 0 ? Block(depth - 1) : Phrase(1))}\n{(_random.Next(8) == 0 ? "" : $"</{name}>")}";

    private string Attributes()
    {
        var attributes = new StringBuilder();
        for (var count = _random.Next(0, 3); count > 0; count--)
        {
            attributes.Append(' ').Append(Pick(s_attributes));
        }

        return attributes.ToString();
    }

    private string Phrase(int depth)
    {
        var phrase = new StringBuilder();
        for (var parts = _random.Next(1, 5); parts > 0; parts--)
        {
            phrase.Append(depth == 0 || _random.Next(3) == 0 ? Word() : Part(depth - 1)).Append(parts > 1 && _random.Next(6) > 0 ? " " : "");
        }

        return phrase.ToString();
    }

    private string Part(int depth) => _isBalanced ? BalancedPart(depth) : _random.Next(22) switch
    {
        0 or 1 => $"'''{Phrase(depth)}{Pick(["'''", "'''", "'''", "''", ""])}",
        2 or 3 => $"''{Phrase(depth)}{Pick(["''", "''", "''", "'''", ""])}",
        4 => $"[[{Pick(s_titles)}]]{Pick(["", "", "s", "ß", "1"])}",
        5 or 6 => $"[[{Pick(s_titles)}|{Phrase(depth)}]]{Pick(["", "s"])}",
        7 => $"[[{Pick(s_noTitles)}{(Coin() ? "|" + Word() : "")}]]",
        8 => $"[[:Category:{Pick(["Reports", "x y"])}{(Coin() ? "|" + Word() : "")}]]",
        9 => Pick(s_addresses) + Pick(["", ".", ",", ")", "; "]),
        10 => $"[{Pick(s_addresses)}{(Coin() ? " " + Phrase(depth) : "")}]",
        11 or 12 => $"<{Pick(s_inline)}{Attributes()}>{Phrase(depth)}</{Pick(s_inline)}>",
        13 => Same(Pick(s_inline), depth),
        14 => Pick(["<br>", "<br/>", "<br />", "</br>", "<wbr>", "&nbsp;", "&amp;", "&#65;", "&#x1F600;", "&bogus;", "&lt;b&gt;", "&#0;", "<foo>x</foo>", "<script>x</script>", "<>", "</>", "<!-- c -->", "<b", "</i>"]),
        15 => $"<nowiki>{Phrase(depth)}</nowiki>",
        16 => $"<ref{Pick(["", "", " name=a", " name=\"b\""])}>{Phrase(depth)}</ref>{Pick(["", "<ref name=a />"])}",
        17 => $"{{{{{Pick(["Plain", "Args|x", "Item|x", "Grid", "Colon|x", "Heading|x", "Nowhere", "PAGENAME", "Pipe|a|b", "Doc", "Comment", "#if:x|y", "!"])}}}}}",
        18 => $"[[File:{Pick(["Hall.gif", "Nowhere.gif"])}{Pick(["", "|thumb", "|thumb|left|100px", "|50px", "|frame", "|frameless", "|thumb|alt=x", "|right", "|link=Ada", "|border|20x30px", "|link=", "|center|20px"])}{(Coin() ? "|" + Phrase(depth) : "")}]]",
        19 => Pick(["'", "''", "'''", "'''''", "[[", "]]", "[", "]", "{{{1|x}}}", "~~", "|", "||", "!!", "-{x}-", "{|", "|}", "==", "----", "#", ":"]),
        _ => Word(),
    };

    private string BalancedPart(int depth) => _random.Next(7) switch
    {
        0 => $"'''{Phrase(depth)}'''",
        1 => $"''{Phrase(depth)}''",
        2 => $"[[{Pick(s_titles)}]]",
        3 => $"[{Pick(s_addresses)} {Word()}]",
        4 => Same(Pick(s_inline), depth),
        5 => $"<ref>{Word()}</ref>",
        _ => $"[[File:Hall.gif|50px|{Word()}]]",
    };

    private string Same(string name, int depth) => $"<{name}{Attributes()}>{Phrase(depth)}</{name}>";

    private string Word() => Pick(s_words);

    private bool Coin() => _random.Next(2) == 0;

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
