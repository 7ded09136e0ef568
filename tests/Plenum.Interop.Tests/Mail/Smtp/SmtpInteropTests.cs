using System.Globalization;
using System.Text.RegularExpressions;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Interop.Tests.Mail.Smtp;

/// <summary>The real process against mail software of others.</summary>
public sealed class SmtpInteropTests(SmtpInteropTests.SmartHouse house) : IClassFixture<SmtpInteropTests.SmartHouse>
{
    private const string Swaks = "/usr/bin/swaks";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--tls", 2587, "PLAIN")]
    [InlineData("--tls", 2587, "LOGIN")]
    [InlineData("--tls-on-connect", 2465, "PLAIN")]
    public async Task Swaks_submits(string tls, int port, string mechanism)
    {
        var subject = $"By {mechanism} {tls} {port}";
        var (code, output) = await Peer.RunAsync(
            Swaks, "--server", "127.0.0.1", "--port", (house.Plenum.PortBase + port).ToString(CultureInfo.InvariantCulture), tls, "--auth", mechanism, "--auth-user", "emil",
            "--auth-password", "plenum-demo-app", "--from", "emil@plenum.test", "--to", "ada@example.net", "--pipeline", "--header", "Subject: " + subject, "--body", ".dots\n..\nend");
        Assert.True(code == 0, output);
        var arrived = await ArrivedAsync(house.Sink, subject);
        Assert.Contains("\n.dots\n..\nend\n", arrived.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("DKIM-Signature: v=1; a=rsa-sha256", arrived, StringComparison.Ordinal);
        Assert.Contains("DKIM-Signature: v=1; a=ed25519-sha256", arrived, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swaks_is_refused_where_it_should_be()
    {
        var relay = (house.Plenum.PortBase + 2525).ToString(CultureInfo.InvariantCulture);
        var (_, unknown) = await Peer.RunAsync(Swaks, "--server", "127.0.0.1", "--port", relay, "--from", "x@example.net", "--to", "nobody@plenum.test");
        Assert.Contains("550 5.1.1", unknown, StringComparison.Ordinal);
        var (_, open) = await Peer.RunAsync(Swaks, "--server", "127.0.0.1", "--port", relay, "--from", "x@example.net", "--to", "x@example.com");
        Assert.Contains("550 5.7.1", open, StringComparison.Ordinal);
        var (_, wrong) = await Peer.RunAsync(
            Swaks, "--server", "127.0.0.1", "--port", (house.Plenum.PortBase + 2587).ToString(CultureInfo.InvariantCulture), "--tls", "--auth", "PLAIN", "--auth-user", "emil", "--auth-password", "wrong",
            "--from", "emil@plenum.test", "--to", "x@example.com");
        Assert.Contains("535 5.7.8", wrong, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Smtp_source_brings_many_at_once()
    {
        var (code, output) = await Peer.RunAsync(
            "/usr/sbin/smtp-source", "-s", "10", "-m", "100", "-l", "5120", "-f", "x@example.net", "-t", "postmaster@plenum.test",
            string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{house.Plenum.PortBase + 2525}"));
        Assert.True(code == 0, output);
        await Patience.UntilAsync(
            () => house.Sink.Messages.Count(m => m.Contains("\nFrom: <x@example.net>", StringComparison.Ordinal)) == 100, Cancellation, "all forwarded to the operator");
    }

    [Fact]
    public async Task Smtp_sink_takes_it_whatever_it_lacks()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        var port = FreePorts.Next();
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo", SmartHost(port));
        foreach (var option in (string[])["-8", "-e", "-p"]) // No 8BITMIME; no ESMTP at all; no PIPELINING.
        {
            await using var sink = await SmtpSink.StartOnAsync(port, option);
            var (code, output) = await SubmitAsync(plenum, "ada@example.net,bob@example.net", "Without " + option);
            Assert.True(code == 0, output);
            var arrived = await ArrivedAsync(sink, "Without " + option);
            Assert.Equal(2, Regex.Count(arrived, "X-Rcpt-Args:"));
            Assert.Equal(option == "-p", arrived.Contains("Grüße", StringComparison.Ordinal));
        }
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
        await Patience.UntilAsync(() => ShowsAsync(moderator, "From Postfix"), Cancellation, "the stranger's post before the moderators");
    }

    [Fact]
    public async Task A_real_Postfix_is_our_smart_host()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        await using var sink = await SmtpSink.StartAsync();
        await using var postfix = await Postfix.StartAsync(1, sink.Port);
        await using var plenum = await PlenumProcess.ServeAsync(database, "--demo", SmartHost(postfix.Port));
        var (code, output) = await SubmitAsync(plenum, "ada@example.net", "By way of Postfix");
        Assert.True(code == 0, output);
        var arrived = await ArrivedAsync(sink, "By way of Postfix");
        Assert.Contains("by postfix.example.net (Postfix)", arrived, StringComparison.Ordinal);
        Assert.Contains("by localhost with ESMTPSA", arrived, StringComparison.Ordinal);
    }

    private static async Task<bool> ShowsAsync(Browsing moderator, string text)
    {
        await moderator.GoAsync("/boards/techtalk/moderation");
        return moderator.Page.Contains(text, StringComparison.Ordinal);
    }

    private static async Task<string> ArrivedAsync(SmtpSink sink, string subject)
    {
        string? arrived = null;
        await Patience.UntilAsync(
            () => (arrived = sink.Messages.SingleOrDefault(m => m.Contains($"\nSubject: {subject}", StringComparison.Ordinal))) is not null, Cancellation, $"\"{subject}\" at the sink");
        return arrived!;
    }

    private static Task<(int Code, string Output)> SubmitAsync(PlenumProcess plenum, string to, string subject) => Peer.RunAsync(
        Swaks, "--server", "127.0.0.1", "--port", (plenum.PortBase + 2587).ToString(CultureInfo.InvariantCulture), "--tls", "--auth", "PLAIN", "--auth-user", "emil", "--auth-password", "plenum-demo-app",
        "--from", "emil@plenum.test", "--to", to, "--header", "Subject: " + subject, "--add-header", "MIME-Version: 1.0", "--add-header", "Content-Type: text/plain; charset=utf-8", "--add-header", "Content-Transfer-Encoding: 8bit",
        "--body", "Grüße");

    private static string SmartHost(int port) => string.Create(CultureInfo.InvariantCulture, $"--Mail:SmartHost=127.0.0.1:{port}");

    /// <summary>A demo that hands everything to one sink.</summary>
    public sealed class SmartHouse : IAsyncLifetime
    {
        private ScratchDatabase? _database;

        internal SmtpSink Sink { get; private set; } = null!;

        internal PlenumProcess Plenum { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            _database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
            Sink = await SmtpSink.StartAsync();
            Plenum = await PlenumProcess.ServeAsync(_database, "--demo", "--Mail:ChecksSenders=false", SmartHost(Sink.Port));
        }

        public async ValueTask DisposeAsync()
        {
            await Plenum.DisposeAsync();
            await Sink.DisposeAsync();
            await _database!.DisposeAsync();
        }
    }
}
