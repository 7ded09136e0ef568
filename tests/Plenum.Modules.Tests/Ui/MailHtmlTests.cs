using AngleSharp.Html.Parser;
using CsCheck;
using Ganss.Xss;
using Plenum.Ui.Html;

namespace Plenum.Modules.Tests.Ui;

/// <summary>What mails of strangers look like on our pages. Another sanitiser judges our output: it must find nothing to remove.</summary>
public sealed class MailHtmlTests
{
    // Pieces that attacks on sanitisers are made of; put together at random they nest, overlap and stay open.
    private static readonly string[] Pieces =
    [
        "<p>", "</p>", "<b>", "</b>", "<a href=\"", "https://example.org/\">", "javascript:alert(1)\">", " javascript:alert(1)\">", "java\tscript:alert(1)\">", "data:text/html,x\">", "</a>",
        "<img src=x onerror=alert(1)>", "<img src=\"https://example.org/p.png\" width=1 height=1>", "<img src='cid:a@b' alt='Plan'>", "<img src=\"data:image/svg+xml;base64,PHN2Zz4=\">",
        "<img src=\"data:image/png;base64,iVBORw0KGgo=\">", "<svg><script>alert(1)</script></svg>", "<svg><style><img src=x onerror=alert(1)></style>", "<math><mtext><table><mglyph><style>",
        "<script>alert(1)</script>", "<style>*{display:none}</style>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">", "<iframe src=//example.org></iframe>", "<form action=//example.org>",
        "<input autofocus onfocus=alert(1)>", "<textarea>", "</textarea>", "<title>", "</title>", "<template>", "</template>", "<table><tr><td colspan=9999>", "</table>", "<style>", "</style>", "<!--", "-->",
        "<![CDATA[", "]]>", "<div style=\"position:fixed\" onclick=x class=y id=z>", "</div>", "&lt;script&gt;", "&#x3C;script&#x3E;", "\"><script>", "' onmouseover='x", "\0", "Wörter & mehr ", "<h1>", "</h1>", "<h6>", "<plaintext>", "<base href=//example.org>",
        "<meta http-equiv=refresh content=0>", "<link rel=stylesheet href=//example.org>", "<object data=x>", "<embed src=x>", "<video src=x onerror=y>", "<a href='//example.org'>", "<td background=//example.org/x>", "<body onload=x>",
    ];

    private static readonly HtmlSanitizer Judge = MakeJudge();

    [Fact]
    public void Another_sanitiser_finds_nothing_to_remove()
        => Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 12].Select(string.Concat).Sample(html =>
        {
            var ours = Render(html);
            var faults = new List<string>();
            Judge.RemovingTag += NoteTag;
            Judge.RemovingAttribute += NoteAttribute;
            try
            {
                Judge.Sanitize(ours.Html);
            }
            finally
            {
                Judge.RemovingTag -= NoteTag;
                Judge.RemovingAttribute -= NoteAttribute;
            }

            Assert.True(faults.Count == 0, $"{string.Join(", ", faults)} in {ours.Html}");

            void NoteTag(object? sender, RemovingTagEventArgs e) => faults.Add($"<{e.Tag.LocalName}>");

            void NoteAttribute(object? sender, RemovingAttributeEventArgs e) => faults.Add($"{e.Tag.LocalName} {e.Attribute.Name}={e.Attribute.Value}");
        }, iter: 20_000, threads: 1);

    [Fact]
    public void What_is_written_reads_the_same_when_parsed_and_written_again()
        => Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]).Array[1, 12].Select(string.Concat).Sample(html =>
        {
            // A browser that mends our HTML in another way than the parser that made it would show something nobody judged.
            var once = Parse(Render(html).Html);
            Assert.Equal(once, Parse(once));
        }, iter: 5_000, threads: 1);

    [Fact]
    public void No_picture_of_another_host_is_loaded_and_the_reader_is_told_how_many_there_were()
    {
        var shown = Render("""<p>Hallo <img src="https://example.org/a.png" alt="Plan"><img src=http://example.org/b width=1 height=1><img src="cid:teil1@x"><img src="//example.org/c"></p>""");
        Assert.Equal(3, shown.RemoteImages);
        Assert.DoesNotContain("example.org", shown.Html, StringComparison.Ordinal);
        Assert.Contains("<img src=\"/files/teil1@x\"", shown.Html, StringComparison.Ordinal);
        Assert.Contains("Plan", shown.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData(" jAvAsCrIpT:alert(1)")]
    [InlineData("java\nscript:alert(1)")]
    [InlineData("vbscript:x")]
    [InlineData("data:text/html,x")]
    [InlineData("//example.org")]
    [InlineData("file:///etc/passwd")]
    public void Links_that_could_do_harm_are_no_links(string href)
        => Assert.Equal("<a>hier</a>", Render($"<a href=\"{href}\">hier</a>").Html);

    [Fact]
    public void A_link_elsewhere_gives_nothing_away()
        => Assert.Equal(
            "<a href=\"https://example.org/\" rel=\"nofollow noopener noreferrer ugc\" referrerpolicy=\"no-referrer\">hier</a>", Render("<a href=https://example.org/ target=_top ping=x>hier</a>").Html);

    [Fact]
    public void Headings_leave_no_gap_in_the_outline()
        => Assert.Equal("<h2>a</h2><h3>b</h3><h3>c</h3><h2>d</h2>", Render("<h3>a</h3><h6>b</h6><h6>c</h6><h1>d</h1>").Html);

    [Theory]
    [InlineData("<div>", 200_000)]
    [InlineData("<b><p>", 50_000)]
    [InlineData("<a><table>", 50_000)]
    [InlineData("<table><tr><td>", 30_000)]
    [InlineData("<p id=a ", 100_000)]
    [InlineData("<!-- --", 100_000)]
    [InlineData("&amp", 100_000)]
    public void Html_made_to_cost_time_or_depth_shows_its_words(string piece, int times)
    {
        var shown = Render(string.Concat(Enumerable.Repeat(piece, times)) + "Ende");
        Assert.InRange(shown.Html.Length, 0, 4_000_000);
    }

    private static SafeHtml Render(string html) => MailHtml.Render(html, id => "/files/" + id, "Bild");

    private static string Parse(string html) => new HtmlParser().ParseDocument("<body>" + html).Body!.InnerHtml;

    private static HtmlSanitizer MakeJudge()
    {
        var judge = new HtmlSanitizer();
        judge.AllowedTags.Clear();
        judge.AllowedTags.UnionWith(MailHtml.Elements);
        judge.AllowedAttributes.Clear();
        judge.AllowedAttributes.UnionWith([.. MailHtml.Attributes, "href", "src", "alt", "rel", "referrerpolicy", "loading", "class"]);
        judge.AllowedCssProperties.Clear();
        judge.AllowedSchemes.UnionWith(["data", "mailto", "tel", "xmpp"]);
        return judge;
    }
}
