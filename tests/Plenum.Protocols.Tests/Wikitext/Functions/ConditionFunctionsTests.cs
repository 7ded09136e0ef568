using Plenum.Protocols.Tests.Wikitext.Expansion;

namespace Plenum.Protocols.Tests.Wikitext.Functions;

public sealed class ConditionFunctionsTests
{
    private readonly TestWiki _wiki = new() { ["Da"] = "da" };

    [Theory]
    [InlineData("{{#if: | ja | nein }}", "nein")]
    [InlineData("{{#if:x| ja }}{{#if:|ja}}", "ja")]
    [InlineData("{{#if:x|a=b}}", "a=b")]
    [InlineData("{{#if:<!-- nichts -->|ja|nein}}", "nein")]
    [InlineData("{{#IF:x|ja}}", "ja")]
    [InlineData("{{#ifeq:1|01|ja|nein}}{{#ifeq:a|A|ja|nein}}", "janein")]
    [InlineData("{{#ifeq:1e3|1000|ja|nein}}{{#ifeq:\"1\"|1|ja|nein}}{{#ifeq:|0|ja|nein}}", "janeinnein")]
    [InlineData("{{#ifeq:&auml;|ä|ja|nein}}", "ja")]
    [InlineData("{{#ifeq:<nowiki/>|<nowiki/>|ja|nein}}", "nein")]
    [InlineData("{{#ifexist:Template:Da|ja|nein}}{{#ifexist:Fort|ja|nein}}{{#ifexist:[|ja|nein}}", "janeinnein")]
    [InlineData("{{#ifexpr:2>1|ja|nein}}{{#ifexpr:|ja|nein}}", "janein")]
    [InlineData("{{#ifexpr:1+|ja|nein}}", "<strong class=\"error\">Expression error: Missing operand for +.</strong>")]
    [InlineData("{{#iferror:{{#expr:1/0}}|Fehler|gut}}{{#iferror:{{#expr:2}}|Fehler}}", "Fehler2")]
    [InlineData("{{#iferror:<div a=\"b\" class=\"x error y\">|Fehler|gut}}{{#iferror:<b class=\"error\">|Fehler|gut}}", "Fehlergut")]
    public void Conditions_choose_a_branch(string wikitext, string expanded) => Assert.Equal(expanded, _wiki.Text(wikitext));

    [Theory]
    [InlineData("{{#switch:b|a=1|b=2|c=3}}", "2")]
    [InlineData("{{#switch:b|a|b|c=3|d=4}}", "3")]
    [InlineData("{{#switch:x|a=1|sonst}}", "sonst")]
    [InlineData("{{#switch:x|a=1|#default=d|b=2}}", "d")]
    [InlineData("{{#switch:x|a=1|#default|b=2}}", "2")]
    [InlineData("{{#switch:x|a=1}}", "")]
    [InlineData("{{#switch:|a=1|=leer}}", "leer")]
    [InlineData("{{#switch:1|01=eins}}", "eins")]
    [InlineData("{{#switch: a | a = mit Rand }}", "mit Rand")]
    [InlineData("{{#switch:a|&#97;=Zeichen}}", "Zeichen")]
    [InlineData("{{#switch:a|a}}", "a")]
    public void A_switch_finds_its_case(string wikitext, string expanded) => Assert.Equal(expanded, _wiki.Text(wikitext));

    [Fact]
    public void Only_the_chosen_branch_is_expanded()
        => Assert.Empty(_wiki.Expand("{{#if:|{{Da}}|x}}{{#switch:a|a=1|b={{Da}}}}").Templates);

    [Fact]
    public void German_words_work_in_German_wikis()
        => Assert.Equal("d", new TestWiki("de").Text("{{#wechsle:x|a=1|#standard=d}}"));
}
