using System.Globalization;
using System.Text.RegularExpressions;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Interop.Tests.Mail.Smtp;

/// <summary>The real process against mail software of others.</summary>
public sealed class SmtpInteropTests
{
    private const string Swaks = "/usr/bin/swaks";

    [Theory]
    [InlineData("--tls", 2587, "PLAIN")]
    [InlineData("--tls", 2587, "LOGIN")]
    [InlineData("--tls-on-connect", 2465, "PLAIN")]
    public async Task Swaks_submits(string tls, int port, string mechanism)
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var sink = await SmtpSink.StartAsync();
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo", SmartHost(sink.Port));
        var (code, output) = await Peer.RunAsync(
            Swaks, "--server", "127.0.0.1", "--port", (plenum.PortBase + port).ToString(CultureInfo.InvariantCulture), tls, "--auth", mechanism, "--auth-user", "emil",
            "--auth-password", "plenum-demo-app", "--from", "emil@plenum.test", "--to", "ada@example.net", "--pipeline", "--body", ".dots\n..\nend");
        Assert.True(code == 0, output);
        await Patience.UntilAsync(() => sink.Messages.Count == 1, TestContext.Current.CancellationToken, "the message at the sink");
        Assert.Contains("\n.dots\n..\nend\n", sink.Messages[0].ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("DKIM-Signature: v=1; a=rsa-sha256", sink.Messages[0], StringComparison.Ordinal);
        Assert.Contains("DKIM-Signature: v=1; a=ed25519-sha256", sink.Messages[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swaks_is_refused_where_it_should_be()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo", "--Mail:ChecksSenders=false");
        var relay = (plenum.PortBase + 2525).ToString(CultureInfo.InvariantCulture);
        var (_, unknown) = await Peer.RunAsync(Swaks, "--server", "127.0.0.1", "--port", relay, "--from", "x@example.net", "--to", "nobody@plenum.test");
        Assert.Contains("550 5.1.1", unknown, StringComparison.Ordinal);
        var (_, open) = await Peer.RunAsync(Swaks, "--server", "127.0.0.1", "--port", relay, "--from", "x@example.net", "--to", "x@example.com");
        Assert.Contains("550 5.7.1", open, StringComparison.Ordinal);
        var (_, wrong) = await Peer.RunAsync(
            Swaks, "--server", "127.0.0.1", "--port", (plenum.PortBase + 2587).ToString(CultureInfo.InvariantCulture), "--tls", "--auth", "PLAIN", "--auth-user", "emil", "--auth-password", "wrong",
            "--from", "emil@plenum.test", "--to", "x@example.com");
        Assert.Contains("535 5.7.8", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smtp_source_brings_many_at_once()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var sink = await SmtpSink.StartAsync();
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo", "--Mail:ChecksSenders=false", SmartHost(sink.Port));
        var (code, output) = await Peer.RunAsync(
            "/usr/sbin/smtp-source", "-s", "10", "-m", "100", "-l", "5120", "-f", "x@example.net", "-t", "postmaster@plenum.test", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{plenum.PortBase + 2525}"));
        Assert.True(code == 0, output);
        await Patience.UntilAsync(() => sink.Messages.Count == 100, TestContext.Current.CancellationToken, "all forwarded to the operator");
    }

    [Theory]
    [InlineData("-8")] // no 8BITMIME
    [InlineData("-e")] // no ESMTP at all
    [InlineData("-p")] // no PIPELINING
    public async Task Smtp_sink_takes_it_whatever_it_lacks(string option)
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var sink = await SmtpSink.StartAsync(option);
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo", SmartHost(sink.Port));
        var (code, output) = await SubmitAsync(plenum, "ada@example.net,bob@example.net");
        Assert.True(code == 0, output);
        await Patience.UntilAsync(() => sink.Messages.Count == 1, TestContext.Current.CancellationToken, "the message at the sink");
        Assert.Equal(2, Regex.Count(sink.Messages[0], "X-Rcpt-Args:"));
        Assert.Equal(option != "-8" && option != "-e", sink.Messages[0].Contains("Grüße", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_real_Postfix_brings_mail_of_strangers()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var sink = await SmtpSink.StartAsync();
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo", "--Mail:ChecksSenders=false");
        await using var postfix = await Postfix.StartAsync(plenum.PortBase + 2525, sink.Port);
        var (brought, said) = await Peer.RunAsync(
            Swaks, "--server", "127.0.0.1", "--port", postfix.Port.ToString(CultureInfo.InvariantCulture), "--from", "x@example.net", "--to", "techtalk@lists.plenum.test", "--header", "Subject: From Postfix");
        Assert.True(brought == 0, said);
        using var moderator = new Browsing(plenum.Web);
        await moderator.SignInAsync("chandra", "plenum-demo");
        await Patience.UntilAsync(() => ShowsAsync(moderator, "From Postfix"), TestContext.Current.CancellationToken, "the stranger's post before the moderators");
    }

    [Fact]
    public async Task A_real_Postfix_is_our_smart_host()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var sink = await SmtpSink.StartAsync();
        await using var postfix = await Postfix.StartAsync(1, sink.Port);
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo", SmartHost(postfix.Port));
        var (code, output) = await SubmitAsync(plenum, "ada@example.net");
        Assert.True(code == 0, output);
        await Patience.UntilAsync(() => sink.Messages.Count == 1, TestContext.Current.CancellationToken, "the message at the sink");
        Assert.Contains("by postfix.example.net (Postfix)", sink.Messages[0], StringComparison.Ordinal);
        Assert.Contains("by localhost with ESMTPSA", sink.Messages[0], StringComparison.Ordinal);
    }

    private static async Task<bool> ShowsAsync(Browsing moderator, string text)
    {
        await moderator.GoAsync("/boards/techtalk/moderation");
        return moderator.Page.Contains(text, StringComparison.Ordinal);
    }

    private static Task<(int Code, string Output)> SubmitAsync(PlenumProcess plenum, string to) => Peer.RunAsync(
        Swaks, "--server", "127.0.0.1", "--port", (plenum.PortBase + 2587).ToString(CultureInfo.InvariantCulture), "--tls", "--auth", "PLAIN", "--auth-user", "emil", "--auth-password", "plenum-demo-app",
        "--from", "emil@plenum.test", "--to", to, "--add-header", "MIME-Version: 1.0", "--add-header", "Content-Type: text/plain; charset=utf-8", "--add-header", "Content-Transfer-Encoding: 8bit",
        "--body", "Grüße");

    private static string SmartHost(int port) => string.Create(CultureInfo.InvariantCulture, $"--Mail:SmartHost=127.0.0.1:{port}");
}
