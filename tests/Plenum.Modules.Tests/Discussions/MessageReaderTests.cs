using System.Text;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Posting;
using Plenum.Discussions.Reading;

namespace Plenum.Modules.Tests.Discussions;

public sealed class MessageReaderTests
{
    private static readonly DateTime Now = new(2026, 11, 24, 20, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void A_plain_mail_gives_its_words()
    {
        var read = Read("From: Ada =?utf-8?q?=C3=84cht?= <ada@example.net>\nSubject: =?iso-8859-1?q?Gr=FC=DFe?=\nMessage-ID: <1@example.net>\nReferences: <a@x> <b@x>\nIn-Reply-To: <b@x>\nDate: Mon, 23 Nov 2026 10:00:00 +0100\n\nHallo\n");
        Assert.Equal(("Ada Ächt", "ada@example.net", "Grüße", "Hallo"), (read.FromName, read.FromAddress, read.Header.Subject, read.Body.Text));
        Assert.Equal(["a@x", "b@x"], read.Header.References);
        Assert.Equal(new DateTime(2026, 11, 23, 9, 0, 0, DateTimeKind.Utc), read.Date);
        Assert.Equal(MessageHash.Of("1@example.net"), read.Header.Hash);
    }

    [Fact]
    public void Of_alternatives_the_html_is_shown_and_the_plain_text_is_searched()
    {
        var read = Read("From: a@example.net\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain\n\nplain words\n--b\nContent-Type: text/html\n\n<p>rich <b>words</b></p>\n--b--\n");
        Assert.Equal((BodyFormat.Html, "plain words"), (read.Body.Format, read.Body.Text));
        Assert.Contains("rich", read.Body.Html, StringComparison.Ordinal);
    }

    [Fact]
    public void Html_alone_gives_words_for_the_search()
    {
        var read = Read("From: a@example.net\nContent-Type: text/html; charset=utf-8\n\n<style>p{}</style><p>Guten&nbsp;Tag</p><script>alert(1)</script><ul><li>eins<li>zwei</ul>\n");
        Assert.Contains("Guten", read.Body.Text, StringComparison.Ordinal);
        Assert.Contains("zwei", read.Body.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("alert", read.Body.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_are_told_from_words()
    {
        var read = Read("From: a@example.net\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nsee file\n--b\nContent-Type: application/pdf; name=\"../../etc/Satzung.pdf\"\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=notes.txt\n\nnotes\n--b\nContent-Type: message/rfc822\n\nSubject: inner\n\ninner words\n--b--\n");
        Assert.Equal("see file", read.Body.Text);
        Assert.Equal(["../../etc/Satzung.pdf", "notes.txt", "inner.eml"], read.Files.Select(f => f.FileName));
        Assert.Equal("Satzung.pdf", new Attachment(BoardId.New(), read.Files[0].FileName!, "application/pdf", null, Now).Name);
    }

    [Fact]
    public void Three_hundred_levels_of_nesting_are_a_mail_like_any_other()
    {
        var raw = new StringBuilder("From: a@example.net\nSubject: deep\n");
        for (var i = 0; i < 300; i++)
        {
            raw.Append($"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n");
        }

        raw.Append("Content-Type: text/plain\n\nbottom\n");
        Assert.Equal("deep", Read(raw.ToString()).Header.Subject);
    }

    [Fact]
    public void A_thousand_parts_are_counted_not_kept()
    {
        var raw = new StringBuilder("From: a@example.net\nContent-Type: multipart/mixed; boundary=b\n\n");
        for (var i = 0; i < 1000; i++)
        {
            raw.Append("--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n");
        }

        Assert.Equal(MessageReader.MaxFiles, Read(raw.Append("--b--\n").ToString()).Files.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("no header at all")]
    [InlineData(":\n:\n\n")]
    [InlineData("From: \0\nSubject: \0\0\n\n\0")]
    [InlineData("From: =?utf-8?b?////?= <x@>\nSubject: =?x-unknown?q?=FF?=\nDate: not a date\nMessage-ID: no brackets at all\nReferences: <<<>>> junk <a@b\n\nx")]
    [InlineData("From: a@b.c\nContent-Type: text/plain; charset=no-such-charset\n\n\u00e9")]
    [InlineData("From: a@b.c\nContent-Type: multipart/mixed\n\nno boundary")]
    [InlineData("From: a@b.c\nContent-Type: text/html; charset=utf-7\n\n+ADw-script+AD4-")]
    public void Any_octets_can_be_read(string raw)
    {
        var read = Read(raw);
        Assert.DoesNotContain('\0', read.Header.Subject + read.FromName + read.Body.Text + read.Header.MessageId);
        Assert.NotEmpty(read.Header.MessageId);
    }

    [Fact]
    public void Every_octet_value_in_every_place_can_be_read()
    {
        var all = Enumerable.Range(0, 256).Select(b => (byte)b).ToArray();
        byte[] raw = [.. "From: "u8, .. all, .. "\nSubject: "u8, .. all, .. "\nContent-Type: text/plain; name=\""u8, .. all, .. "\"\n\n"u8, .. all];
        var read = MessageReader.Read(raw, "lists.plenum.test", Now);
        Assert.DoesNotContain('\0', read.Body.Text + read.Header.Subject);
    }

    [Fact]
    public void A_body_counts_as_the_same_however_its_lines_end()
        => Assert.Equal(Read("A: b\n\none\ntwo  three\n").Header.ContentHash, Read("A: c\r\n\r\none\r\ntwo three\r\n\r\n").Header.ContentHash);

    [Fact]
    public void Quotes_are_told_from_answers_and_long_ones_fold()
    {
        var quote = string.Join('\n', Enumerable.Range(1, 12).Select(i => $"> line {i}"));
        var html = PlainTextHtml.Render($"Ada wrote:\n{quote}\n\nYes.\n-- \nEmil", isFlowed: false, "show");
        Assert.Contains("<details class=\"quote-fold\"><summary>show</summary><blockquote>", html, StringComparison.Ordinal);
        Assert.Contains("line 12", html, StringComparison.Ordinal);
        Assert.Contains("<p class=\"plain small muted\" dir=\"auto\">Emil</p>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Quotes_nest_as_deep_as_people_quote_and_not_deeper()
    {
        var html = PlainTextHtml.Render(string.Concat(Enumerable.Repeat("> ", 5_000)) + "deep\n>> two\n> > two as well", isFlowed: false, "show");
        Assert.Contains("deep", html, StringComparison.Ordinal);
        Assert.InRange(html.Split("<blockquote>").Length - 1, 2, 12);
    }

    [Fact]
    public void Flowed_lines_become_paragraphs_again()
    {
        var html = PlainTextHtml.Render("This is one \nparagraph.\n\n> quoted \n> text\nand \n-- \nme", isFlowed: true, "show");
        Assert.Contains(">This is one paragraph.</p>", html, StringComparison.Ordinal);
        Assert.Contains(">quoted text</p>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Patches_keep_their_shape()
    {
        var html = PlainTextHtml.Render("Fix it.\n\ndiff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-\told <b>\n+\tnew\n", isFlowed: false, "show");
        Assert.Contains("<pre tabindex=\"0\">diff --git a/x b/x", html, StringComparison.Ordinal);
        Assert.Contains("-\told &lt;b&gt;", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("see https://example.org/a(b).", "<a href=\"https://example.org/a(b\"")]
    [InlineData("https://example.org/?q=<script>", "&lt;script&gt;")]
    [InlineData("javascript:alert(1)", "javascript:alert(1)</p>")]
    [InlineData("https://a\"onmouseover=alert(1)", "&quot;onmouseover")]
    public void Links_are_links_and_nothing_else_is(string text, string expected)
    {
        var html = PlainTextHtml.Render(text, isFlowed: false, "show");
        Assert.Contains(expected, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
    }

    private static ReadMessage Read(string raw) => MessageReader.Read(Encoding.UTF8.GetBytes(raw), "lists.plenum.test", Now);
}
