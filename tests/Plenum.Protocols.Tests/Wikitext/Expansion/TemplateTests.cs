using Plenum.Wikitext.Expansion;

namespace Plenum.Protocols.Tests.Wikitext.Expansion;

public sealed class TemplateTests
{
    private readonly TestWiki _wiki = new()
    {
        ["Person"] = "[{{{1}}}, {{{2|kein Amt}}}, {{{seit|?}}}]",
    };

    [Theory]
    [InlineData("{{Person|Ada|Vorsitz|seit=2024}}", "[Ada, Vorsitz, 2024]")]
    [InlineData("{{person|Ada}}", "[Ada, kein Amt, ?]")]
    [InlineData("{{Template:Person| Ada |seit= 2024 }}", "[ Ada , kein Amt, 2024]")]
    [InlineData("{{Person|2=Vorsitz|1=Ada}}", "[Ada, Vorsitz, ?]")]
    [InlineData("{{Person|Ada|1=Bob}}", "[Bob, kein Amt, ?]")]
    [InlineData("{{Person|seit=a=b}}", "[{{{1}}}, kein Amt, a=b]")]
    [InlineData("{{Person|[[Ada|A]]|{{{x|y}}}}}", "[[[Ada|A]], y, ?]")]
    [InlineData("{{Person\n| Ada\n| seit = 2024\n}}", "[ Ada\n, kein Amt, 2024]")]
    public void Arguments_are_found_by_place_and_by_name(string wikitext, string expanded)
        => Assert.Equal(expanded, _wiki.Text(wikitext));

    [Theory]
    [InlineData("{{Fehlt}}", "[[:Template:Fehlt]]")]
    [InlineData("{{Fehlt|a|b=c}}", "[[:Template:Fehlt]]")]
    [InlineData("{{#nichts:a|{{Person|x}}}}", "{{#nichts:a|[x, kein Amt, ?]}}")]
    [InlineData("{{[}}", "{{[}}")]
    [InlineData("{{}} {{{}}} {{|}}", "{{}} {{{}}} {{|}}")]
    [InlineData("{{Person|", "{{Person|")]
    [InlineData("{ {Person} }", "{ {Person} }")]
    public void What_is_no_template_stays_as_written(string wikitext, string expanded)
        => Assert.Equal(expanded, _wiki.Text(wikitext));

    [Fact]
    public void Three_braces_win_from_the_inside()
    {
        _wiki["Ruf"] = "{{{{{1}}}|{{{2}}}}}";
        Assert.Equal("[Ada, kein Amt, ?]", _wiki.Text("{{Ruf|Person|Ada}}"));
        Assert.Equal("ada", _wiki.Text("{{Ruf|lc:ADA}}"));
        Assert.Equal("{{{{X}}}} {[[:Template:X]]}", _wiki.Text("{{{{X}}}} { {{X}} }").Replace(" [[", "[[").Replace("]] ", "]]"));
    }

    [Fact]
    public void Inclusion_tags_choose_what_is_included()
    {
        _wiki["Teil"] = "a<noinclude>Doku</noinclude>b<includeonly>c</includeonly>";
        _wiki["Nur"] = "x<onlyinclude>1</onlyinclude>y<onlyinclude>2</onlyinclude>z";
        Assert.Equal("abc", _wiki.Text("{{Teil}}"));
        Assert.Equal("12", _wiki.Text("{{Nur}}"));
        Assert.Equal("aDokub", _wiki.Text("a<noinclude>Doku</noinclude>b<includeonly>c</includeonly>"));
    }

    [Fact]
    public void A_redirect_is_followed_and_both_pages_are_noted()
    {
        _wiki["Mitglied"] = "#REDIRECT [[Template:Person]]";
        var expanded = _wiki.Expand("{{Mitglied|Ada}}");
        Assert.Equal("[Ada, kein Amt, ?]", expanded.Text);
        Assert.Equal(["Template:Mitglied", "Template:Person"], expanded.Templates.Select(t => t.Title.PrefixedText).Order());
    }

    [Fact]
    public void A_template_that_calls_itself_says_so_and_the_rest_goes_on()
    {
        _wiki["Kreis"] = "({{Bogen}})";
        _wiki["Bogen"] = "<{{Kreis}}>";
        var expanded = _wiki.Expand("vorher {{Kreis}} nachher");
        Assert.Equal("vorher (<<span class=\"error\">Template loop detected: [[Template:Kreis]]</span>>) nachher", expanded.Text);
        Assert.Contains(expanded.Problems, p => p.Kind is ExpansionProblemKind.TemplateLoop);
    }

    [Fact]
    public void A_table_or_list_from_a_template_starts_a_line()
    {
        _wiki["Punkt"] = "* {{{1}}}";
        Assert.Equal("Text\n* a", _wiki.Text("Text{{Punkt|a}}"));
        Assert.Equal("Text\n* a", _wiki.Text("Text\n{{Punkt|a}}"));
        Assert.Equal("a\n{| \n|}", _wiki.Text("a{{#if:x|{{{!}} \n{{!}}} }}"));
    }

    [Fact]
    public void Comments_go_and_take_their_line_with_them()
        => Assert.Equal("a\nb c", _wiki.Text("a\n  <!-- eins --> <!-- zwei -->  \nb<!-- drei --> c<!-- offen"));

    [Fact]
    public void Names_relative_to_the_page_find_subpages()
    {
        _wiki.Pages.Save("Project:Satzung/Präambel", "Wir");
        Assert.Equal("Wir", _wiki.Text("{{/Präambel}}", "Project:Satzung"));
        Assert.Equal("Wir", _wiki.Text("{{../Präambel}}", "Project:Satzung/Anhang"));
        Assert.Equal("[[:Template:/Präambel]]", _wiki.Text("{{/Präambel}}", "Satzung"));
    }

    [Fact]
    public void The_substitution_prefixes_wait_for_the_moment_of_saving()
    {
        Assert.Equal("{{subst:Person|[x, kein Amt, ?]}}", _wiki.Text("{{subst:Person|{{Person|x}}}}"));
        Assert.Equal("[x, kein Amt, ?]", _wiki.Text("{{safesubst:Person|x}}"));
        Assert.Equal("{{Person|a}} [b, kein Amt, ?]", _wiki.Expand("{{Person|a}} {{subst:Person|b}}", ExpansionMode.PreSave).Text);
    }

    [Fact]
    public void Source_can_be_shown_instead_of_the_result()
        => Assert.Equal("&#91;&#123;&#123;&#123;1&#125;&#125;&#125;, ", _wiki.Text("{{msgnw:Person}}")[..44]);

    [Fact]
    public void A_name_given_twice_is_reported()
        => Assert.Contains(_wiki.Expand("{{Person|seit=1|seit=2}}").Problems, p => p is { Kind: ExpansionProblemKind.DuplicateArgument, Detail: "seit" });

    [Fact]
    public void German_wikis_understand_both_languages()
    {
        var wiki = new TestWiki("de");
        wiki.Pages.Save("Vorlage:Gruß", "Hallo {{{1}}}");
        Assert.Equal("Hallo Ada Hallo Ada", wiki.Text("{{Vorlage:Gruß|Ada}} {{Template:Gruß|Ada}}"));
        Assert.Equal("Antrag 7 Antrag 7 ABC abc", wiki.Text("{{SEITENNAME}} {{PAGENAME}} {{GROSS:abc}} {{lc:ABC}}"));
        Assert.Equal("Hallo x", wiki.Expand("{{ers:Gruß|x}}", ExpansionMode.PreSave).Text);
    }
}
