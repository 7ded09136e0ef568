using System.Globalization;
using System.Text;

namespace Plenum.Interop.Tests.Wikitext;

/// <summary>Invents wikitext: sensible pages, calls of functions, and soup of brackets. The same seed gives the same text.</summary>
internal sealed class WikitextGenerator(int seed)
{
    private static readonly string[] s_words =
        ["Ada", "motion", "Straße", "a b", "x", "", "1", "0", "2026", "12.5", "-3", "Übung", "Help:Page", "User:Ada/Draft", "c", "A", "b", "it's", "&amp;", "é", "#x", "*y", "a=b", "_z_"];

    private static readonly string[] s_soup =
    [
        "{{", "}}", "{{{", "}}}", "{", "}", "[[", "]]", "[", "]", "|", "|", "=", "=", "\n", "\n", "==", "===", "-{", "}-", " ", "a", "Plain", "Args", "1", "name", "<nowiki>", "</nowiki>",
        "<nowiki/>", "<ref>", "</ref>", "<pre>", "</pre>", "<!--", "-->", "<!-- c -->", "<noinclude>", "</noinclude>", "<onlyinclude>", "</onlyinclude>", "<includeonly>", "</includeonly>",
        "#if:", "#ifeq:", "#switch:", "lc:", "uc:", "safesubst:", "*", ":", ";", "#", "{|", "|}", "|-", "'", "-", "<", ">", "/", "\t", "!", "PAGENAME", "x", "&lt;", "{{!}}", "{{=}}",
    ];

    private static readonly string[] s_operators = ["+", "-", "*", "/", "^", "mod", "fmod", "div", "round", "=", "<", ">", "<=", ">=", "<>", "!=", "and", "or", "e"];

    private static readonly string[] s_unary = ["-", "+", "not ", "abs ", "trunc ", "floor ", "ceil ", "sin ", "cos ", "exp ", "ln ", "sqrt "];

    private static readonly string[] s_dates =
    [
        "2026-03-01", "2026-03-01 12:30", "1 March 2026", "March 4, 2026", "20260304", "2024-02-29 +1 year", "2026-03-01 next monday", "2026-03-01 last friday", "first day of january 2026",
        "last day of february 2024", "2026-03-01 -2 weeks", "2026-W10-2", "@86400", "1.3.2026", "2026-13-01", "nonsense", "2026-03-01T10:00:00+02:00", "2026-03-06 +3 weekdays", "1999", "3 May 1945 5pm",
    ];

    private static readonly string[] s_patterns = ["Y-m-d", "H:i:s", "j F Y", "D, d M y", "l N w z W t L o", "xrY", "g A G h a", "U", "c", "r", "xmj xmY", "xjj xjF xjY", "xij xiY", "\"Y\" \\Y xx"];

    private readonly Random _random = new(seed);

    /// <summary>A page as people write it.</summary>
    public string Page()
    {
        var page = new StringBuilder();
        for (var lines = _random.Next(1, 6); lines > 0; lines--)
        {
            page.Append(_random.Next(9) switch
            {
                0 => $"== {Inline(1)} ==",
                1 => $"* {Inline(2)}",
                2 => $"# {Inline(2)}",
                3 => $": {Inline(2)}",
                4 => $"{{|\n! {Inline(1)}\n|-\n| {Inline(2)} || {Inline(1)}\n|}}",
                5 => "<!-- " + Word() + " -->",
                _ => Inline(3),
            });
            page.Append(_random.Next(3) == 0 ? "\n\n" : "\n");
        }

        return page.ToString();
    }

    /// <summary>Brackets, tags and separators in no order.</summary>
    public string Soup()
    {
        var soup = new StringBuilder();
        for (var pieces = _random.Next(3, 40); pieces > 0; pieces--)
        {
            soup.Append(Pick(s_soup));
        }

        return soup.ToString();
    }

    /// <summary>A call of a function with arguments that may or may not suit it.</summary>
    public string Function() => _random.Next(34) switch
    {
        0 or 1 or 2 or 3 => $"{{{{#expr:{Expression(3)}}}}}",
        4 => $"{{{{#ifexpr:{Expression(2)}|{Value()}|{Value()}}}}}",
        5 => $"{{{{#if:{Value()}|{Value()}|{Value()}}}}}",
        6 => $"{{{{#ifeq:{Value()}|{Value()}|{Value()}|{Value()}}}}}",
        7 or 8 => $"{{{{#switch:{Value()}|{Cases()}}}}}",
        9 => $"{{{{#iferror:{(Coin() ? Function() : Value())}|{Value()}{(Coin() ? "|" + Value() : "")}}}}}",
        10 => $"{{{{#ifexist:{Pick(["Template:Plain", "Template:Nowhere", "Nowhere", "[", "Special:Nowhere", ""])}|{Value()}|{Value()}}}}}",
        11 or 12 => $"{{{{#time:{Pick(s_patterns)}|{Pick(s_dates)}}}}}",
        13 => $"{{{{#rel2abs:{Pick(["../x", "./y", "/z", "w", "..", ".", "a/../b", "../../../q"])}|{Pick(["Help:A/B/C", "A", "", "A/B"])}}}}}",
        14 => $"{{{{#titleparts:{Pick(["Talk:A/b/c/d", "A", "[x]", "a/b"])}|{_random.Next(-3, 4)}|{_random.Next(-3, 4)}}}}}",
        15 => $"{{{{{Pick(["lc", "uc", "lcfirst", "ucfirst", "LC", "Uc"])}:{Value()}}}}}",
        16 => $"{{{{{Pick(["padleft", "padright"])}:{Word()}|{_random.Next(0, 12)}|{Word()}}}}}",
        17 or 18 => $"{{{{formatnum:{Number()}{Pick(["", "|R", "|NOSEP"])}}}}}",
        19 => $"{{{{plural:{Number()}|{Word()}|{Word()}}}}}",
        20 => $"{{{{urlencode:{Word()}{Pick(["", "|QUERY", "|PATH", "|WIKI"])}}}}}",
        21 => $"{{{{anchorencode:{Word()} {Word()}}}}}",
        22 => $"{{{{{Pick(["localurl", "fullurl", "canonicalurl", "localurle", "fullurle"])}:{Word()}{Pick(["", "|a=b", "|a&b"])}}}}}",
        23 => $"{{{{{Pick(["ns", "nse"])}:{Pick(["0", "1", "2", "10", "template", "image", "User talk", "nope", "99", "-1"])}}}}}",
        24 => $"{{{{{PageName()}:{Word()}}}}}",
        25 => $"{{{{{PageName()}}}}}",
        26 => $"{{{{#len:{Value()}}}}}{{{{#pos:{Word()}{Word()}|{Word()}}}}}{{{{#rpos:{Word()}|a}}}}",
        27 => $"{{{{#sub:abcdefäöü|{_random.Next(-5, 8)}|{_random.Next(-5, 8)}}}}}",
        28 => $"{{{{#replace:{Word()} {Word()}|{Word()}|{Word()}}}}}{{{{#count:a b a|a}}}}",
        29 => $"{{{{#explode:a,b,c,d|,|{_random.Next(-5, 5)}|{Pick(["", "2", "3"])}}}}}",
        30 => $"{{{{#formatdate:{Pick(["2026-03-01", "1 March 2026", "March 1, 2026", "March 1", "1 March", "44 BC", "x"])}|{Pick(["dmy", "mdy", "ymd", "ISO 8601", ""])}}}}}",
        31 => $"{{{{#tag:{Pick(["ref", "nowiki", "pre", "b"])}|{Value()}|name={Word()}}}}}",
        32 => $"{{{{{Pick(["gender:Nobody", "grammar:genitive", "bidi", "#language", "#special"])}:{Word()}|{Word()}}}}}".Replace("gender:Nobody:", "gender:Nobody|", StringComparison.Ordinal),
        _ => $"{{{{{Pick(["SITENAME", "SERVER", "CONTENTLANGUAGE", "!", "=", "ARTICLEPATH", "SCRIPTPATH", "NAMESPACENUMBER"])}}}}}",
    };

    /// <summary>Text as it is before it is saved: signatures, substitution, bare pipes.</summary>
    public string Draft()
    {
        var draft = new StringBuilder();
        for (var pieces = _random.Next(1, 7); pieces > 0; pieces--)
        {
            draft.Append(_random.Next(10) switch
            {
                0 => $"[[{Pick(["Ada (person)", "Help:Ada (x)", "Bonn, Rhine", "Bonn (town), Rhine", ":Category:X (y)", "A, B (C)", "Ada", "x（y）", "a (b) (c)", "Help:(x)", ": x (y)"])}|]]",
                1 => $"[[|{Word()}]]",
                2 => $"{{{{subst:{Pick(["Plain", "Args|x", "Doc", "lc:ABC", "Nowhere|a", "#if:x|{{Plain}}|n", "Nested|q", "PAGENAME"])}}}}}",
                3 => $"<nowiki>[[Ada (x)|]] {Word()}</nowiki>",
                4 => $"<!-- {{{{subst:Plain}}}} {Word()} -->",
                5 => $"<noinclude>{Inline(1)}</noinclude>",
                6 => $"{{{{{{{Word()}|{{{{subst:Plain}}}}}}}}}}",
                7 => $"{{{{safesubst:{Pick(["Plain", "Args|y|name=z"])}}}}}",
                _ => Inline(2),
            });
        }

        return draft.ToString();
    }

    private string Inline(int depth)
    {
        var text = new StringBuilder();
        for (var parts = _random.Next(1, 4); parts > 0; parts--)
        {
            text.Append(depth == 0 ? Word() : _random.Next(12) switch
            {
                0 or 1 or 2 => Template(depth - 1),
                3 or 4 => Function(),
                5 => $"[[{Word()}|{Inline(depth - 1)}]]",
                6 => $"''{Inline(depth - 1)}''",
                7 => $"<nowiki>{Inline(depth - 1)}</nowiki>",
                8 => $"<ref name=\"{Word()}\">{Word()}</ref>",
                9 => $"<b>{Inline(depth - 1)}</b>",
                10 => $"{{{{{{{Word()}|{Inline(depth - 1)}}}}}}}",
                _ => Word(),
            });
            text.Append(' ');
        }

        return text.ToString();
    }

    private string Template(int depth)
    {
        var call = new StringBuilder("{{").Append(Pick([.. OracleWiki.Templates.Keys]));
        for (var arguments = _random.Next(0, 4); arguments > 0; arguments--)
        {
            call.Append(_random.Next(8) == 0 ? "\n| " : "|");
            call.Append(_random.Next(4) switch
            {
                0 => $"{Pick(["name", "1", "2", "a", "b", "c", " name "])}={Inline(depth)}",
                _ => Inline(depth),
            });
        }

        return call.Append(_random.Next(10) == 0 ? "\n}}" : "}}").ToString();
    }

    private string Cases()
    {
        var cases = new StringBuilder();
        for (var count = _random.Next(1, 6); count > 0; count--)
        {
            cases.Append(_random.Next(5) switch
            {
                0 => Word(),
                1 => $"#default={Word()}",
                _ => $"{Word()}={Word()}",
            });
            cases.Append(count > 1 ? "|" : "");
        }

        return cases.ToString();
    }

    private string Expression(int depth) => depth == 0 || _random.Next(4) == 0
        ? Number()
        : _random.Next(8) switch
        {
            0 => $"({Expression(depth - 1)})",
            1 => Pick(s_unary) + Expression(depth - 1),
            2 => Pick(["pi", "e", "(", ")", "x", "", "1 2", "."]),
            _ => $"{Expression(depth - 1)} {Pick(s_operators)} {Expression(depth - 1)}",
        };

    private string Number() => _random.Next(8) switch
    {
        0 => _random.Next(-20, 20).ToString(CultureInfo.InvariantCulture),
        1 => (_random.NextDouble() * 1000).ToString("F" + _random.Next(0, 6), CultureInfo.InvariantCulture),
        2 => _random.Next().ToString(CultureInfo.InvariantCulture),
        3 => "0." + new string('0', _random.Next(0, 6)) + _random.Next(1, 99).ToString(CultureInfo.InvariantCulture),
        4 => _random.NextInt64(0, 1_000_000_000_000_000).ToString(CultureInfo.InvariantCulture),
        _ => _random.Next(0, 12).ToString(CultureInfo.InvariantCulture),
    };

    private string PageName() => Pick(
    [
        "PAGENAME", "FULLPAGENAME", "BASEPAGENAME", "SUBPAGENAME", "ROOTPAGENAME", "TALKPAGENAME", "SUBJECTPAGENAME", "NAMESPACE", "NAMESPACENUMBER", "TALKSPACE", "SUBJECTSPACE",
        "PAGENAMEE", "FULLPAGENAMEE", "NAMESPACEE", "TALKPAGENAMEE",
    ]);

    private string Value() => _random.Next(4) switch
    {
        0 => $" {Word()} ",
        1 => $"{{{{{Pick(["Plain", "Args|x", "lc:ABC", "Chain"])}}}}}",
        _ => Word(),
    };

    private string Word() => Pick(s_words);

    private bool Coin() => _random.Next(2) == 0;

    private string Pick(string[] from) => from[_random.Next(from.Length)];
}
