using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CsCheck;
using Plenum.Ui.Markdown;

namespace Plenum.Modules.Tests.Ui;

public sealed class MarkdownRendererTests
{
    private static readonly string[] Pieces =
    [
        "# ", "## ", "\n", "\n\n", "* ", "1. ", "> ", "**", "_", "~~", "`", "```\n", "[", "](", ")", "![", "<script>alert(1)</script>", "<img src=x onerror=y>", "javascript:alert(1)", "https://example.org/",
        "/boards/techtalk", "//example.org", "data:text/html,x", "| a | b |\n|:-:|--:|\n| c | d |\n", "- [x] ", "<https://example.org>", "<javascript:alert(1)>", "<ada@example.org>", "&lt;", "\\", "Wörter ", "\0", "    ", "***", "---\n", "[x]: javascript:alert(1)\n", "[x]",
    ];

    [Fact]
    public void Whatever_someone_writes_there_is_no_script_no_style_and_no_foreign_picture()
        => Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 16].Select(string.Concat).Sample(text =>
        {
            var page = new HtmlParser().ParseDocument("<body>" + MarkdownRenderer.Render(text).Markup.Value);
            foreach (var element in page.Body!.QuerySelectorAll("*"))
            {
                Assert.DoesNotContain(element.LocalName, (string[])["script", "style", "iframe", "object", "form", "svg"]);
                Assert.DoesNotContain(element.Attributes, a => a.Name.StartsWith("on", StringComparison.Ordinal) || a.Name == "style");
                if (element.GetAttribute(element.LocalName == "img" ? "src" : "href") is { } address)
                {
                    Assert.Matches(element.LocalName == "img" ? "^/(?![/\\\\])" : "^(https?://|mailto:|tel:|xmpp:|#|/(?![/\\\\])|/$)", address);
                }
            }
        }, iter: 20_000, threads: 1);

    [Theory]
    [InlineData("a\nb", "<p>a<br />\nb</p>\n")]
    [InlineData("~~a~~ **b**", "<p><del>a</del> <strong>b</strong></p>\n")]
    [InlineData("<b>a</b>", "<p>&lt;b&gt;a&lt;/b&gt;</p>\n")]
    [InlineData("### a\n###### b", "<h3>a</h3>\n<h4>b</h4>\n")]
    [InlineData("![Plan](https://example.org/p.png)", "<p><a href=\"https://example.org/p.png\" rel=\"nofollow noopener noreferrer ugc\">Plan</a></p>\n")]
    [InlineData("![Plan](#plan)", "<p><a href=\"#plan\">Plan</a></p>\n")]
    [InlineData("![Plan](/files/p.png)", "<p><img src=\"/files/p.png\" loading=\"lazy\" alt=\"Plan\" /></p>\n")]
    public void Members_write_as_they_are_used_to(string text, string html) => Assert.Equal(html, MarkdownRenderer.Render(text).Markup.Value);

    [Theory]
    [InlineData(">", 20_000)]
    [InlineData("[", 15_000)]
    [InlineData("* ", 20_000)]
    [InlineData("*a_ ", 9_000)]
    public void Text_made_to_cost_time_or_depth_is_shown_as_it_was_written_or_rendered(string piece, int times)
        => Assert.NotEmpty(MarkdownRenderer.Render(string.Concat(Enumerable.Repeat(piece, times))).Markup.Value);

    [Fact]
    public void A_table_of_contents_has_ids_that_clash_with_nothing()
    {
        var shown = MarkdownRenderer.Render("# Ziele\n\n# Ziele\n\n## `Code` und mehr", topLevel: 2, idPrefix: "a-");
        Assert.Equal([(2, "Ziele"), (2, "Ziele"), (3, "Code und mehr")], shown.Headings.Select(h => (h.Level, h.Text)));
        Assert.Equal(3, shown.Headings.Select(h => h.Id).Distinct().Count());
        Assert.All(shown.Headings, h => Assert.StartsWith("a-", h.Id, StringComparison.Ordinal));
    }

    [Fact]
    public void Search_gets_the_words_without_their_marks()
        => Assert.Equal("Wir laden ein.", MarkdownRenderer.TextOf("**Wir** [laden](https://example.org) _ein_."));
}
