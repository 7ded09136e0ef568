using System.Text;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Protocols.Tests.Mail.Smtp;

public sealed class SmtpServerConversationTests
{
    [Fact]
    public async Task A_message_is_taken_with_its_envelope()
    {
        var conversation = new Conversation();
        var codes = await conversation.CodesAsync(
            "EHLO client.example.net", "MAIL FROM:<ada@example.net> SIZE=20", "RCPT TO:<emil@example.org>", "RCPT TO:<gero@Example.ORG>", "DATA",
            "Subject: Hi", "", "..dots", ".", "QUIT");
        Assert.Equal("220 250 250 250 250 354 250 221", codes);
        Assert.Equal(["ada@example.net>emil@example.org,gero@example.org: Subject: Hi\r\n\r\n.dots\r\n"], conversation.House.Taken);
    }

    [Fact]
    public async Task Ehlo_names_what_the_server_can_do()
    {
        var pair = new DuplexPair();
        var running = new SmtpServerConnection(pair.Server, new ScriptedHouse(), Conversation.Relay with { OffersStartTls = true }, TimeProvider.System)
            .RunAsync(TestContext.Current.CancellationToken);
        await pair.Client.Output.WriteAsync("EHLO c\r\nQUIT\r\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await running;
        await pair.Server.Output.CompleteAsync();
        using var reader = new StreamReader(pair.Client.Input.AsStream());
        var said = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        foreach (var extension in (string[])["PIPELINING", "SIZE 1000", "STARTTLS", "8BITMIME", "ENHANCEDSTATUSCODES", "DSN", "CHUNKING", "LIMITS RCPTMAX=3"])
        {
            Assert.Contains($"250-{extension}\r\n", said, StringComparison.Ordinal);
        }

        Assert.EndsWith("250 SMTPUTF8\r\n221 2.0.0 Bye\r\n", said, StringComparison.Ordinal);
        Assert.DoesNotContain("AUTH", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAIL before EHLO", "220 503", "MAIL FROM:<a@b.example>")]
    [InlineData("RCPT before MAIL", "220 250 503", "EHLO c", "RCPT TO:<emil@example.org>")]
    [InlineData("DATA without recipients", "220 250 250 503", "EHLO c", "MAIL FROM:<a@b.example>", "DATA")]
    [InlineData("DATA after refused recipients", "220 250 250 550 554", "EHLO c", "MAIL FROM:<a@b.example>", "RCPT TO:<nobody@example.org>", "DATA")]
    [InlineData("MAIL twice", "220 250 250 503", "EHLO c", "MAIL FROM:<a@b.example>", "MAIL FROM:<a@b.example>")]
    [InlineData("RSET ends the transaction", "220 250 250 250 503", "EHLO c", "MAIL FROM:<a@b.example>", "RSET", "RCPT TO:<emil@example.org>")]
    [InlineData("EHLO ends the transaction", "220 250 250 250 503", "EHLO c", "MAIL FROM:<a@b.example>", "EHLO c", "RCPT TO:<emil@example.org>")]
    [InlineData("no relaying", "220 250 250 550", "HELO c", "MAIL FROM:<a@b.example>", "RCPT TO:<x@elsewhere.example>")]
    [InlineData("postmaster needs no domain", "220 250 250 250", "EHLO c", "MAIL FROM:<>", "RCPT TO:<Postmaster>")]
    [InlineData("the null path receives nothing", "220 250 250 501", "EHLO c", "MAIL FROM:<>", "RCPT TO:<>")]
    [InlineData("more recipients than the limit", "220 250 250 250 250 250 452", "EHLO c", "MAIL FROM:<>", "RCPT TO:<a@example.org>", "RCPT TO:<b@example.org>", "RCPT TO:<c@example.org>", "RCPT TO:<d@example.org>")]
    [InlineData("too large by its own word", "220 250 552", "EHLO c", "MAIL FROM:<a@b.example> SIZE=1001")]
    [InlineData("unknown parameter", "220 250 555 555", "EHLO c", "MAIL FROM:<a@b.example> FUTURE=1", "MAIL FROM:<a@b.example> BODY=8BITMIME X=1")]
    [InlineData("bad values", "220 250 501 501 501 501", "EHLO c", "MAIL FROM:<a@b.example> SIZE=x", "MAIL FROM:<a@b.example> BODY=BINARYMIME", "MAIL FROM:<a@b.example> RET=HALF", "MAIL FROM:<a@b.example> SIZE=1 SIZE=2")]
    [InlineData("no brackets", "220 250 501 501 501", "EHLO c", "MAIL FROM:a@b.example", "MAIL FROM", "MAIL FROM:<a@b.example")]
    [InlineData("a blank after the colon is forgiven", "220 250 250", "EHLO c", "MAIL FROM: <a@b.example>")]
    [InlineData("UTF-8 needs SMTPUTF8", "220 250 553 250 250", "EHLO c", "MAIL FROM:<jürgen@b.example>", "MAIL FROM:<jürgen@b.example> SMTPUTF8", "RCPT TO:<jürgen@example.org>")]
    [InlineData("an IDN needs none", "220 250 250", "EHLO c", "MAIL FROM:<a@bücher.example>")]
    [InlineData("DSN", "220 250 250 250 501 501", "EHLO c", "MAIL FROM:<a@b.example> RET=HDRS ENVID=QQ+2B1", "RCPT TO:<a@example.org> NOTIFY=SUCCESS,DELAY ORCPT=rfc822;a+2Bx@example.org", "RCPT TO:<b@example.org> NOTIFY=NEVER,DELAY", "RCPT TO:<b@example.org> ORCPT=a@b")]
    [InlineData("what is not done", "220 502 252 214 250 500 500", "EXPN all", "VRFY emil", "HELP", "NOOP twice", "XYZZY", "")]
    [InlineData("no TLS and no sign-in here", "220 250 502 502", "EHLO c", "STARTTLS", "AUTH PLAIN")]
    [InlineData("a browser", "220 421", "GET / HTTP/1.1", "Host: mx.example.org", "EHLO c")]
    [InlineData("a browser's header", "220 421", "Host: mx.example.org")]
    [InlineData("arguments where none may be", "220 250 501 501", "EHLO c", "RSET now", "DATA now")]
    [InlineData("EHLO without a name", "220 501", "EHLO")]
    public async Task Commands_are_answered(string name, string codes, params string[] lines)
    {
        Assert.NotEmpty(name);
        Assert.Equal(codes, await new Conversation().CodesAsync(lines));
    }

    [Fact]
    public async Task Refusals_carry_an_enhanced_code()
    {
        var replies = await new Conversation().RunAsync(["EHLO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<nobody@example.org>\r\n"u8.ToArray()]);
        Assert.Equal("550 5.1.1 No such mailbox", replies[^1]);
    }

    [Fact]
    public async Task Too_many_errors_end_it()
    {
        var codes = await new Conversation { Options = Conversation.Relay with { MaxErrors = 3 } }.CodesAsync("X", "X", "X", "X", "NOOP");
        Assert.Equal("220 500 500 500 421", codes);
    }

    [Fact]
    public async Task Too_many_idle_commands_end_it()
    {
        var codes = await new Conversation { Options = Conversation.Relay with { MaxIdleCommands = 2 } }.CodesAsync("NOOP", "RSET", "NOOP", "NOOP");
        Assert.Equal("220 250 250 421", codes);
    }

    [Theory]
    [InlineData("NOOP\nQUIT\r\n", "500")]
    [InlineData("NOOP\rQUIT\r\n", "500")]
    [InlineData("NOOP\0\r\n", "500")]
    [InlineData("NOOP \xFF\xFE\r\n", "500")]
    public async Task A_line_with_foreign_octets_is_refused(string octets, string code)
    {
        var replies = await new Conversation().RunAsync([Encoding.Latin1.GetBytes(octets + "NOOP\r\n")]);
        Assert.Equal(["220", code, "250"], replies.Select(r => r[..3]));
    }

    [Fact]
    public async Task A_line_that_is_too_long_is_refused_and_the_next_one_is_heard()
    {
        var codes = await new Conversation().CodesAsync("NOOP " + new string('x', 100_000), "NOOP");
        Assert.Equal("220 500 250", codes);
    }

    [Fact]
    public async Task A_message_that_is_too_large_is_refused_after_its_end_and_the_next_one_is_taken()
    {
        var conversation = new Conversation();
        var codes = await conversation.CodesAsync(
            "EHLO c", "MAIL FROM:<a@b.example>", "RCPT TO:<emil@example.org>", "DATA", new string('x', 5_000), ".",
            "MAIL FROM:<a@b.example>", "RCPT TO:<emil@example.org>", "DATA", "small", ".");
        Assert.Equal("220 250 250 250 354 552 250 250 354 250", codes);
        Assert.Equal(["a@b.example>emil@example.org: small\r\n"], conversation.House.Taken);
    }

    [Fact]
    public async Task Silence_ends_it()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var pair = new DuplexPair();
        var running = new SmtpServerConnection(pair.Server, new ScriptedHouse(), Conversation.Relay, clock).RunAsync(TestContext.Current.CancellationToken);
        await pair.Client.Input.ReadAsync(TestContext.Current.CancellationToken); // The greeting; now it waits.
        pair.Client.Input.AdvanceTo(default);
        while (!running.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        await running;
        await pair.Server.Output.CompleteAsync();
        using var reader = new StreamReader(pair.Client.Input.AsStream());
        Assert.Contains("421 4.4.2", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopping_server_says_so()
    {
        using var stop = new CancellationTokenSource();
        var pair = new DuplexPair();
        var running = new SmtpServerConnection(pair.Server, new ScriptedHouse(), Conversation.Relay, TimeProvider.System).RunAsync(stop.Token);
        await pair.Client.Input.ReadAsync(TestContext.Current.CancellationToken);
        pair.Client.Input.AdvanceTo(default);
        await stop.CancelAsync();
        await running;
        await pair.Server.Output.CompleteAsync();
        using var reader = new StreamReader(pair.Client.Input.AsStream());
        Assert.Contains("421 4.3.2", await reader.ReadToEndAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
