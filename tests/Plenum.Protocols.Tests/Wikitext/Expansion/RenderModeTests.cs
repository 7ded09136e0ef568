using Plenum.Wikitext.Expansion;

namespace Plenum.Protocols.Tests.Wikitext.Expansion;

public sealed class RenderModeTests
{
    private readonly TestWiki _wiki = new() { ["Abschnitt"] = "== Aus der Vorlage ==\n" };

    [Fact]
    public void Tags_become_markers_with_all_that_was_written()
    {
        var expanded = _wiki.Expand("a<nowiki>{{x}}</nowiki>b<ref Name = 'q &amp; r' group=g/>c", ExpansionMode.Render);
        Assert.Equal("a\u007F0\u007Fb\u007F1\u007Fc", expanded.Text);
        var first = Assert.IsType<StrippedTag>(expanded.Stripped[0]);
        Assert.Equal(("nowiki", "{{x}}", "<nowiki>{{x}}</nowiki>"), (first.Name, first.Content, first.Source));
        var second = Assert.IsType<StrippedTag>(expanded.Stripped[1]);
        Assert.Equal(("ref", null, "q & r", "g", null), (second.Name, second.Content, second["name"], second["group"], second["x"]));
        Assert.Equal("a<nowiki>{{x}}</nowiki>b<ref Name = 'q &amp; r' group=g/>c", expanded.Unstrip(expanded.Text));
    }

    [Fact]
    public void The_function_for_tags_expands_content_and_attributes()
    {
        var expanded = _wiki.Expand("{{#tag:ref|{{lc:ABC}}|name=\"{{lc:N}}\"}}{{#tag:b|x}}", ExpansionMode.Render);
        var tag = Assert.IsType<StrippedTag>(Assert.Single(expanded.Stripped));
        Assert.Equal(("ref", "abc", "n"), (tag.Name, tag.Content, tag["name"]));
        Assert.EndsWith("<b>x</b>", expanded.Text);
    }

    [Theory]
    [InlineData("{{#tag:ref||={{#tag:ref}}}}")] // Found by fuzzing.
    [InlineData("{{#tag:ref|a|name={{#tag:ref|b}}}}")]
    [InlineData("{{#tag:ref|{{#tag:ref|{{#tag:nowiki|a}}}}}}")]
    public void A_tag_within_a_tag_is_source_again_where_no_page_is_rendered(string text)
        => Assert.DoesNotContain(StripMarker.Delimiter, _wiki.Expand(text, ExpansionMode.Message).Text);

    [Fact]
    public void Headings_carry_the_number_of_their_section()
    {
        var expanded = _wiki.Expand("= A =\n== B ==\n{{Abschnitt}}\n<nowiki>\n== kein ==\n</nowiki>\n=== C ===", ExpansionMode.Render);
        var headings = expanded.Stripped.OfType<StrippedHeading>().Select(h => (h.Page.Text, h.Section, h.Level, h.IsFromTemplate));
        Assert.Equal([("Antrag 7", 1, 1, false), ("Antrag 7", 2, 2, false), ("Abschnitt", 1, 2, true), ("Antrag 7", 3, 3, false)], headings);
        Assert.StartsWith("=\u007F0\u007F A =\n==\u007F1\u007F B ==", expanded.Text);
    }

    [Fact]
    public void Switches_are_taken_out_and_the_first_contents_place_is_kept()
    {
        var expanded = _wiki.Expand("a __NOTOC__ b __toc__ c __TOC__ <i title=\"__NOINDEX__\">d</i> __NOINDEX__", ExpansionMode.Render);
        Assert.Equal("a  b \u007F0\u007F c  <i title=\"__NOINDEX__\">d</i> ", expanded.Text);
        Assert.Equal(BehaviourSwitches.NoContents | BehaviourSwitches.Contents | BehaviourSwitches.NoIndex, expanded.Switches);
        Assert.IsType<StrippedContents>(expanded.Stripped[0]);
    }

    [Fact]
    public void German_switches_work_in_German_wikis_only()
    {
        Assert.Equal(BehaviourSwitches.NoContents, new TestWiki("de").Expand("__KEIN_INHALTSVERZEICHNIS__", ExpansionMode.Render).Switches);
        Assert.Equal(BehaviourSwitches.None, _wiki.Expand("__KEIN_INHALTSVERZEICHNIS__", ExpansionMode.Render).Switches);
    }

    [Fact]
    public void Markers_cannot_be_forged()
    {
        var expanded = _wiki.Expand("\u007F0\u007F<nowiki>a</nowiki>", ExpansionMode.Render);
        Assert.Equal("?0?\u007F0\u007F", expanded.Text);
    }

    [Fact]
    public void The_content_of_a_tag_is_expanded_where_it_stood()
    {
        _wiki["Zitat"] = "<poem>{{{1}}} {{lc:X}} <nowiki>n</nowiki></poem>";
        var expanded = _wiki.Expand("{{Zitat|hier}}", ExpansionMode.Render);
        var poem = Assert.IsType<StrippedTag>(expanded.Stripped[0]);
        Assert.Equal("hier x \u007F1\u007F", expanded.Expand(poem));
        Assert.Equal("{{{1}}} x \u007F2\u007F", expanded.Expand(poem.Content!));
        Assert.Equal(3, expanded.Stripped.Count);
    }

    [Fact]
    public void Properties_of_the_page_are_collected()
    {
        var expanded = _wiki.Expand("{{DEFAULTSORT:Siebter}}{{DISPLAYTITLE:''Antrag'' 7}}{{DISPLAYTITLE:anderes}}{{#ifexist:Weg|a|b}}{{CURRENTYEAR}}", ExpansionMode.Render);
        Assert.Equal("b2026", expanded.Text);
        Assert.Equal(("Siebter", "''Antrag'' 7"), (expanded.DefaultSort, expanded.DisplayTitle));
        Assert.Contains(expanded.AskedPages, t => t.Text == "Weg");
        Assert.True(expanded.DependsOnTime);
        Assert.False(expanded.DependsOnStatistics);
    }

    [Fact]
    public void A_module_that_cannot_run_shows_a_box_and_is_reported()
    {
        var expanded = _wiki.Expand("{{#invoke:Datum|heute}}", ExpansionMode.Render);
        Assert.Contains("class=\"error\"", expanded.Text);
        Assert.Contains(expanded.Problems, p => p is { Kind: ExpansionProblemKind.NeedsLua, Detail: "Datum" });
    }
}
