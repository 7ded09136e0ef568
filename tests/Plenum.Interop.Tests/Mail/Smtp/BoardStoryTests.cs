using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Interop.Tests.Mail.Smtp;

/// <summary>The whole way of a discussion through the demo: a mail becomes a post, a post on the web becomes a mail, in one thread.</summary>
public sealed partial class BoardStoryTests
{
    private const string Board = "techtalk@lists.plenum.test";
    private const string MailId = "frage-1@plenum.test";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_mail_is_a_post_for_everybody_and_the_answer_on_the_web_is_a_mail_in_its_thread(DatabaseProvider provider)
    {
        await using var database = await ScratchDatabase.EmptyAsync(provider);
        await using var sink = await SmtpSink.StartAsync();
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo", string.Create(CultureInfo.InvariantCulture, $"--Mail:SmartHost=127.0.0.1:{sink.Port}"));
        using var browser = new Browsing(plenum.Web);
        await browser.SignInAsync("ada", "plenum-demo");
        var subscribers = 0;
        for (var (page, rows) = (1, -1); rows != 0; page++)
        {
            await browser.GoAsync($"/boards/techtalk/subscribers?page={page}");
            rows = Rows().Count(browser.Page);
            subscribers += rows;
        }

        Assert.InRange(subscribers, 20, 99);

        await SubmitAsync(plenum);
        using var emil = new Browsing(plenum.Web);
        await emil.GoAsync($"/boards/techtalk/message/{MailId}"); // The mail server has said yes: it is there.
        Assert.Contains("Läuft das auch über UMTS?", WebUtility.HtmlDecode(emil.Page), StringComparison.Ordinal);

        var copies = await CopiesAsync(sink, 0, subscribers);
        foreach (var copy in copies)
        {
            Assert.Equal((MailId, "Grüße vom Stammtisch"), (copy.Message.MessageId, copy.Message.Subject));
            Assert.Equal("Läuft das auch über UMTS?", copy.Message.TextBody?.Trim());
            Assert.Equal("emil@plenum.test", copy.Message.From.Mailboxes.Single().Address);
            CheckList(copy);
        }

        await CheckSignaturesAsync(database, copies);
        var tired = copies.Single(c => c.Recipient == "<karla.kern@example.net>");
        await UnsubscribeAsync(plenum, tired);
        await AnswerAsync(emil);
        var answers = await CopiesAsync(sink, copies.Count, subscribers - 1);
        foreach (var answer in answers)
        {
            Assert.Equal((MailId, MailId), (answer.Message.InReplyTo, answer.Message.References.Single()));
            Assert.Equal("Re: Grüße vom Stammtisch", answer.Message.Subject);
            Assert.Equal(Board, answer.Message.From.Mailboxes.Single().Address); // From the board itself: nobody's address leaves the house.
            Assert.Equal("Emil Ebner via Techtalk", answer.Message.From.Mailboxes.Single().Name);
            Assert.Contains("Ja, **ohne Bild** schon.", answer.Message.TextBody, StringComparison.Ordinal);
            Assert.Contains("<strong>ohne Bild</strong>", answer.Message.HtmlBody, StringComparison.Ordinal);
            CheckList(answer);
        }

        await CheckSignaturesAsync(database, answers);
        Assert.Equal(copies.Except([tired]).Select(c => c.Recipient).Order(StringComparer.Ordinal), answers.Select(c => c.Recipient).Order(StringComparer.Ordinal));
    }

    private static async Task SubmitAsync(PlenumProcess plenum)
    {
        var (code, output) = await Peer.RunAsync(
            "/usr/bin/swaks", "--server", "127.0.0.1", "--port", (plenum.PortBase + 2587).ToString(CultureInfo.InvariantCulture), "--tls", "--auth-user", "emil", "--auth-password", "plenum-demo-app",
            "--from", "emil@plenum.test", "--to", Board, "--h-From", "Emil <emil@plenum.test>", "--h-Subject", "=?utf-8?q?Gr=C3=BC=C3=9Fe?= vom Stammtisch",
            "--h-Message-Id", $"<{MailId}>", "--add-header", "MIME-Version: 1.0", "--add-header", "Content-Type: text/plain; charset=utf-8",
            "--add-header", "Content-Transfer-Encoding: 8bit", "--body", "Läuft das auch über UMTS?");
        Assert.True(code == 0, output);
    }

    private static async Task AnswerAsync(Browsing emil)
    {
        await emil.SignInAsync("emil", "plenum-demo");
        await emil.GoAsync($"/boards/techtalk/message/{MailId}");
        await emil.GoAsync(WebUtility.HtmlDecode(ReplyLinks().Matches(emil.Page)[^1].Groups["to"].Value));
        await emil.SubmitAsync("reply", ("Input.Text", "Ja, **ohne Bild** schon."));
        Assert.Equal(HttpStatusCode.OK, emil.Status);
        Assert.Contains("<strong>ohne Bild</strong>", emil.Page, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<Copy>> CopiesAsync(SmtpSink sink, int before, int expected)
    {
        await Patience.UntilAsync(() => sink.Messages.Count >= before + expected, TestContext.Current.CancellationToken, $"{expected} copies at the smart host");
        var copies = sink.Messages.Select(Copy.Of).OrderBy(c => c.Message.Subject?.StartsWith("Re:", StringComparison.Ordinal)).Skip(before).ToList();
        Assert.Equal(expected, copies.Select(c => c.Recipient).Distinct().Count());
        Assert.Equal(expected, copies.Count);
        return copies;
    }

    // RFC 2369, RFC 2919, RFC 8058.
    private static void CheckList(Copy copy)
    {
        var header = copy.Message.Headers;
        Assert.Equal("Techtalk <techtalk.lists.plenum.test>", header["List-Id"]);
        Assert.Equal($"<mailto:{Board}>", header["List-Post"]);
        Assert.Equal("List-Unsubscribe=One-Click", header["List-Unsubscribe-Post"]);
        Assert.Matches(OneClick(), header["List-Unsubscribe"]);
        Assert.StartsWith("<bounces+", copy.ReturnPath, StringComparison.Ordinal);
    }

    // As a mail provider does for a reader who presses its button.
    private static async Task UnsubscribeAsync(PlenumProcess plenum, Copy copy)
    {
        using var provider = new HttpClient { BaseAddress = plenum.Web };
        using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var answer = await provider.PostAsync(new Uri(OneClick().Match(copy.Message.Headers["List-Unsubscribe"]!).Groups["path"].Value, UriKind.Relative), form, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    // With the keys an operator publishes: those "plenum doctor --zone" prints.
    private static async Task CheckSignaturesAsync(ScratchDatabase database, IReadOnlyList<Copy> copies)
    {
        var (code, zone, errors) = await PlenumProcess.RunAsync(
            ["doctor", "--zone", "lists.plenum.test", "--data", database.Folder, "--House:HostName=mail.plenum.test", .. PlenumProcess.SettingsOf(database)]);
        Assert.True(code == 0, errors);
        var keys = Keys().Matches(zone).ToDictionary(m => m.Groups["name"].Value, m => string.Concat(Strings().Matches(m.Groups["data"].Value).Select(s => s.Groups[1].Value)));
        Assert.Equal(2, keys.Count);
        var jobs = copies.SelectMany(c => (object[])[Verify(c, 0), Verify(c, 1)]).ToList();
        Assert.All(await DkimPy.RunAsync(jobs, Cancellation), answer => Assert.True(answer.GetBoolean()));
        Assert.All(copies, c => Assert.Equal(["ed25519-sha256", "rsa-sha256"], Algorithms().Matches(c.Text).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal)));

        object Verify(Copy copy, int index) => new { op = "verify", message = DkimPy.Base64(copy.Text), index, dns = keys };
    }

    /// <summary>A message at the sink, with the envelope it came in.</summary>
    private sealed record Copy(string Text, MimeMessage Message, string ReturnPath, string Recipient)
    {
        public static Copy Of(string kept)
        {
            var text = kept.ReplaceLineEndings("\r\n");
            using var octets = new MemoryStream(Encoding.UTF8.GetBytes(text));
            var message = MimeMessage.Load(octets);
            return new(text, message, message.Headers["X-Mail-Args"] ?? "", message.Headers["X-Rcpt-Args"] ?? "");
        }
    }

    [GeneratedRegex("<tr>\\s*<th[^>]*scope=\"row\"")]
    private static partial Regex Rows();

    [GeneratedRegex("href=\"(?<to>/boards/techtalk/[^\"]+/reply\\?to=[^\"&]+)\"")]
    private static partial Regex ReplyLinks();

    [GeneratedRegex("^<http://[^/]+(?<path>/boards/one-click/[^>]+)>, <mailto:techtalk-unsubscribe\\+[^>]+@lists\\.plenum\\.test>$")]
    private static partial Regex OneClick();

    [GeneratedRegex("^(?<name>[^\\s;]+\\._domainkey\\.lists\\.plenum\\.test)\\.\\t\\d+\\tIN\\tTXT\\t(?<data>.+)$", RegexOptions.Multiline)]
    private static partial Regex Keys();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Strings();

    [GeneratedRegex("^DKIM-Signature: v=1; a=([a-z0-9-]+)", RegexOptions.Multiline)]
    private static partial Regex Algorithms();
}
