using CsCheck;
using Plenum.Protocols.Tests.Wikitext.Expansion;

namespace Plenum.Protocols.Tests.Wikitext.Functions;

/// <summary>The clock of the test wiki stands at Sunday, 1 March 2026, 09:05:07 UTC; its zone is Berlin.</summary>
public sealed class TimeFunctionsTests
{
    private readonly TestWiki _wiki = new();

    [Theory]
    [InlineData("Y-m-d H:i:s", "2026-03-01 09:05:07")]
    [InlineData("j n y D M l F N w z W t L o", "1 3 26 Sun Mar Sunday March 7 0 59 09 31 0 2026")]
    [InlineData("g h G H i s a A", "9 09 9 09 05 07 am AM")]
    [InlineData("U c r e O P T I Z", "1772355907 2026-03-01T09:05:07+00:00 Sun, 01 Mar 2026 09:05:07 +0000 UTC +0000 +00:00 UTC 0 0")]
    [InlineData("xrY \"Jahr\" \\Y xx", "MMXXVI Jahr Y x")]
    [InlineData("xjY xjF xiY xmY xkY xoY xtY", "5786 Adar 1404 1447 2569 115 令和8")]
    public void A_pattern_is_filled_in(string pattern, string text) => Assert.Equal(text, _wiki.Text($"{{{{#time:{pattern}}}}}"));

    [Theory]
    [InlineData("2026-02-31", "2026-03-03 00:00")]
    [InlineData("1 March 2026 5pm", "2026-03-01 17:00")]
    [InlineData("March 4, 2026", "2026-03-04 00:00")]
    [InlineData("4.3.2026 12:30", "2026-03-04 12:30")]
    [InlineData("20260304", "2026-03-04 00:00")]
    [InlineData("20260304123005", "2026-03-04 12:30")]
    [InlineData("2026-W10-2", "2026-03-03 00:00")]
    [InlineData("2026-063", "2026-03-04 00:00")]
    [InlineData("@86400", "1970-01-02 00:00")]
    [InlineData("2026-03-04T10:00:00+02:00", "2026-03-04 08:00")]
    [InlineData("2026-07-01 10:00 Europe/Berlin", "2026-07-01 08:00")]
    [InlineData("tomorrow", "2026-03-02 00:00")]
    [InlineData("+1 week 2 days", "2026-03-10 09:05")]
    [InlineData("3 days ago", "2026-02-26 09:05")]
    [InlineData("2026-01-31 +1 month", "2026-03-03 00:00")]
    [InlineData("sunday", "2026-03-01 00:00")]
    [InlineData("next sunday", "2026-03-08 00:00")]
    [InlineData("last monday", "2026-02-23 00:00")]
    [InlineData("monday next week", "2026-03-02 00:00")]
    [InlineData("first day of next month", "2026-04-01 09:05")]
    [InlineData("last day of february 2024", "2024-02-29 00:00")]
    [InlineData("first monday of january 2026", "2026-01-05 00:00")]
    [InlineData("last friday of march 2026", "2026-03-27 00:00")]
    [InlineData("2026-03-06 +3 weekdays", "2026-03-11 00:00")]
    public void Dates_are_read_as_PHP_reads_them(string date, string text) => Assert.Equal(text, _wiki.Text($"{{{{#time:Y-m-d H:i|{date}}}}}"));

    [Theory]
    [InlineData("gestern")]
    [InlineData("2026-13-01")]
    [InlineData("1.2.3.4")]
    [InlineData("next")]
    public void What_is_no_date_is_an_error(string date) => Assert.Equal("<strong class=\"error\">Error: Invalid time.</strong>", _wiki.Text($"{{{{#time:Y|{date}}}}}"));

    [Fact]
    public void Local_time_is_that_of_the_wiki()
    {
        Assert.Equal("10:05 10:05 09:05 CEST", _wiki.Text("{{#timel:H:i}} {{LOCALTIME}} {{CURRENTTIME}} {{#timel:T|2026-07-01}}"));
        Assert.Equal("20260301100507 9 March", _wiki.Text("{{LOCALTIMESTAMP}} {{CURRENTWEEK}} {{CURRENTMONTHNAME}}"));
    }

    [Fact]
    public void Names_may_be_in_another_language() => Assert.Equal("März dimanche", _wiki.Text("{{#time:F|2026-03-01|de}} {{#time:l|2026-03-01|fr}}"));

    [Fact]
    public void Years_end_at_9999()
        => Assert.Contains("only supports years up to 9999", _wiki.Text("{{#time:Y|2026-01-01 +10000 years}}"));

    [Fact]
    public void Any_text_is_a_date_or_an_error()
    {
        string[] words = ["2026", "-", ":", "03", "monday", "next", "first", "day", "of", "march", "+", "1", " ", ".", "/", "t", "w10", "@", "utc", "99999999999", "ago", "week"];
        Gen.Int[0, words.Length - 1].Select(i => words[i]).Array[0, 8].Sample(parts => _wiki.Text("{{#time:Y-m-d|" + string.Concat(parts) + "}}") is not null);
    }
}
