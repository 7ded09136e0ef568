using System.Diagnostics;
using Plenum.Wikitext.Expansion;

namespace Plenum.Protocols.Tests.Wikitext.Expansion;

public sealed class LimitTests
{
    [Fact]
    public void Twenty_two_characters_cannot_take_the_memory()
    {
        var wiki = new TestWiki { ["B3"] = string.Concat(Enumerable.Repeat("{{{1}}}", 1400)) };
        wiki.Expand("{{B3|x}}");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var expanded = wiki.Expand("a {{B3|{{B3|{{B3|x}}}}}} b", ExpansionMode.Render);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 20_000_000);
        Assert.StartsWith("a ", expanded.Text);
        Assert.EndsWith(" b", expanded.Text);
        Assert.Contains("class=\"error\"", expanded.Text);
        Assert.Contains(expanded.Problems, p => p.Kind is ExpansionProblemKind.ArgumentsTooLong);
    }

    [Theory]
    [InlineData("{{#tag:ref|{{{1}}}{{{1}}}}}")]
    [InlineData("{{#tag:ref|a|name={{{1}}}{{{1}}}}}")]
    public void Tags_that_double_what_they_hold_cannot_take_the_memory(string template)
    {
        var wiki = new TestWiki { ["D"] = template };
        wiki.Expand("{{D|x}}");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var expanded = wiki.Expand("a " + string.Concat(Enumerable.Repeat("{{D|", 35)) + "x" + new string('}', 70) + " b", ExpansionMode.Render);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 60_000_000);
        Assert.StartsWith("a ", expanded.Text);
        Assert.EndsWith(" b", expanded.Text);
    }

    [Fact]
    public void Ten_doublings_end_in_a_link_and_the_rest_renders()
    {
        var wiki = new TestWiki { ["Lang"] = new string('x', 1000), ["Z0"] = string.Concat(Enumerable.Repeat("{{Lang}}", 10)) };
        for (var i = 1; i < 8; i++)
        {
            wiki[$"Z{i}"] = string.Concat(Enumerable.Repeat($"{{{{Z{i - 1}}}}}", 10));
        }

        var expanded = wiki.Expand("a {{Z7}} b", ExpansionMode.Render);
        Assert.True(expanded.Text.Length <= WikitextLimits.Default.MaxExpandedLength);
        Assert.EndsWith(" b", expanded.Text);
        Assert.Contains(expanded.Problems, p => p.Kind is ExpansionProblemKind.ExpandedTooLong or ExpansionProblemKind.TooManyNodes);
    }

    [Fact]
    public void Too_many_calls_leave_boxes()
    {
        var wiki = new TestWiki { Limits = new() { MaxNodes = 100 }, ["A"] = "a" };
        var expanded = wiki.Expand(string.Concat(Enumerable.Repeat("{{A}} ", 200)) + "Ende", ExpansionMode.Render);
        Assert.StartsWith("a a a ", expanded.Text);
        Assert.EndsWith("Ende", expanded.Text);
        Assert.Contains(expanded.Problems, p => p.Kind is ExpansionProblemKind.TooManyNodes);
    }

    [Fact]
    public void Templates_may_call_templates_forty_deep()
    {
        var wiki = new TestWiki();
        for (var i = 0; i < 60; i++)
        {
            wiki[$"T{i}"] = $"{i}{{{{T{i + 1}}}}}";
        }

        wiki["T60"] = "";
        var text = wiki.Text("{{T0}} Ende");
        Assert.Contains("39<span class=\"error\">Template recursion depth limit exceeded (40)</span> Ende", text);
    }

    [Fact]
    public void Only_so_many_expensive_calls_are_answered()
    {
        var wiki = new TestWiki { Limits = new() { MaxExpensiveCalls = 3 } };
        for (var i = 0; i < 5; i++)
        {
            wiki.Pages.Save($"Seite {i}", "da");
        }

        var calls = string.Concat(Enumerable.Range(0, 5).Select(i => $"{{{{#ifexist:Seite {i}|j|n}}}}"));
        Assert.Equal("jjjnnjjj", wiki.Text(calls + "{{#ifexist:Seite 0|j|n}}{{#ifexist:Seite 1|j|n}}{{#ifexist:Seite 2|j|n}}"));
    }

    [Fact]
    public void When_the_time_is_over_boxes_stand_for_the_rest()
    {
        var wiki = new TestWiki { Limits = new() { MaxTime = TimeSpan.FromTicks(-1) }, ["A"] = "a" };
        var expanded = wiki.Expand(string.Concat(Enumerable.Repeat("{{A}}", 2000)) + " Ende", ExpansionMode.Render);
        Assert.Contains("class=\"error\"", expanded.Text);
        Assert.EndsWith(" Ende", expanded.Text);
        Assert.Contains(expanded.Problems, p => p.Kind is ExpansionProblemKind.OutOfTime);
    }

    public static TheoryData<string, string> Killers => new()
    {
        { "braces", Repeat("{{", 20_000) },
        { "braces apart", Repeat("{{ ", 20_000) },
        { "braces with pipes", Repeat("{{a|", 20_000) },
        { "closed braces", Repeat("{", 20_000) + Repeat("}", 20_000) },
        { "nested defaults", Repeat("{{{a|", 10_000) + Repeat("}}}", 10_000) },
        { "nested conditions", Repeat("{{#if:x|", 10_000) + Repeat("}}", 10_000) },
        { "links", Repeat("[[", 20_000) },
        { "links apart", Repeat("[[ ", 20_000) },
        { "nested links", Repeat("[[{{a}}", 3000) + Repeat("]]", 3000) },
        { "conversions", Repeat("-{", 10_000) },
        { "closed conversions", Repeat("-{", 10_000) + Repeat("}-", 10_000) },
        { "tables", Repeat("{|", 3000) },
        { "quotes", Repeat("'", 40_000) },
        { "comments", Repeat("<!--", 20_000) },
        { "closed comments", Repeat("<!---->", 20_000) },
        { "comments on lines", Repeat("\n<!---->", 20_000) },
        { "open tags", Repeat("<ref>", 20_000) },
        { "half tags", Repeat("<ref ", 20_000) },
        { "end tags", Repeat("<ref></ref", 10_000) },
        { "nowiki", Repeat("<nowiki>", 20_000) },
        { "includeonly", Repeat("<includeonly>", 10_000) },
        { "onlyinclude", Repeat("<onlyinclude>", 10_000) },
        { "headings", Repeat("==\n", 20_000) },
        { "equals signs", Repeat("=", 100_000) },
        { "lists", Repeat("*", 20_000) },
        { "switches", Repeat("__NOTOC__", 10_000) },
        { "switch in tags", Repeat("<a __NOTOC__", 10_000) },
        { "underscores", Repeat("_", 50_000) },
        { "expression", "{{#expr:" + Repeat("(", 50_000) + "}}" },
        { "minus signs", "{{#expr:" + Repeat("-", 50_000) + "1}}" },
        { "switch cases", "{{#switch:x|" + Repeat("a|", 20_000) + "}}" },
        { "error marks", "{{#iferror:" + Repeat("<span ", 20_000) + "|a}}" },
        { "arguments", "{{a|" + Repeat("x=y|", 20_000) + "}}" },
        { "anchors", "{{anchorencode:" + Repeat("<", 20_000) + Repeat("[", 20_000) + Repeat("'", 20_000) + "}}" },
        { "dates", "{{#time:Y|" + Repeat("next ", 5000) + "}}" },
        { "redirect", "#REDIRECT " + Repeat("[", 20_000) },
    };

    [Theory]
    [MemberData(nameof(Killers))]
    public void Hostile_pages_cost_no_more_than_their_length(string name, string wikitext)
    {
        var wiki = new TestWiki();
        wiki.Expand(wikitext, ExpansionMode.Render); // Compiles the code.
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        foreach (var mode in Enum.GetValues<ExpansionMode>())
        {
            Assert.NotNull(wiki.Expand(wikitext, mode).Text);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {watch.ElapsedMilliseconds / 3.0:F1} ms, {(GC.GetAllocatedBytesForCurrentThread() - before) / 3_000_000.0:F1} MB");
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 3 * 60_000_000);
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
