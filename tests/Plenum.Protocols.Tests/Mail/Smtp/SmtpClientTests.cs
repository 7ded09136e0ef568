using System.IO.Pipelines;
using System.Text;
using Plenum.Protocols.Mail.Smtp;
using Plenum.Protocols.Sasl;

namespace Plenum.Protocols.Tests.Mail.Smtp;

public sealed class SmtpClientTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_hands_over_a_message_to_our_own_server()
    {
        var house = new ScriptedHouse();
        var pair = new DuplexPair();
        var running = new SmtpServerConnection(pair.Server, house, Conversation.Relay, TimeProvider.System).RunAsync(Cancellation);
        var client = Client(pair);
        Assert.Equal(220, (await client.GreetAsync(Cancellation)).Code);
        Assert.Equal(250, (await client.HelloAsync(Cancellation)).Code);
        Assert.True(client.Extensions is { HasPipelining: true, HasEightBit: true, HasUtf8: true, HasDsn: true, MaxSize: 1000, MaxRecipients: 3 });
        var result = await client.SendAsync(Mail("emil@example.org", "nobody@example.org", "x@elsewhere.example"), Cancellation);
        Assert.Equal([250, 550, 550], result.Replies.Select(r => r.Code));
        Assert.Equal(["ada@example.net>emil@example.org: .Hi\r\n"], house.Taken);
        Assert.Equal(221, (await client.QuitAsync(Cancellation)).Code);
        await running;
    }

    [Theory]
    [InlineData("pipelined", "220 x|EHLO c=250-x;250 PIPELINING|MAIL=250 ok|RCPT=250 ok|RCPT=451 later|DATA=354 go|.=250 queued", "250,451")]
    [InlineData("step by step", "220 x|EHLO c=250 x|MAIL=250 ok|RCPT=250 ok|RCPT=550 5.1.1 no|DATA=354 go|.=554 5.6.0 spam", "554,550")]
    [InlineData("HELO for old servers", "220 x|EHLO c=502 what|HELO c=250 x|MAIL=250 ok|RCPT=250 ok|RCPT=250 ok|DATA=354 go|.=250 ok", "250,250")]
    [InlineData("MAIL refused, pipelined", "220 x|EHLO c=250-x;250 PIPELINING|MAIL=451 slow down|RCPT=503 no|RCPT=503 no|DATA=503 no", "451,451")]
    [InlineData("MAIL refused", "220 x|EHLO c=250 x|MAIL=550 5.7.1 no", "550,550")]
    [InlineData("all refused, pipelined, server waits anyway", "220 x|EHLO c=250-x;250 PIPELINING|MAIL=250 ok|RCPT=550 no|RCPT=550 no|DATA=354 go|.=554 none", "550,550")]
    [InlineData("all refused", "220 x|EHLO c=250 x|MAIL=250 ok|RCPT=550 no|RCPT=552 no|RSET=250 ok", "550,552")]
    [InlineData("DATA refused", "220 x|EHLO c=250 x|MAIL=250 ok|RCPT=250 ok|RCPT=250 ok|DATA=451 full|RSET=250 ok", "451,451")]
    public async Task Replies_belong_to_their_recipients(string name, string script, string codes)
    {
        Assert.NotEmpty(name);
        var pair = new DuplexPair();
        var server = ServeAsync(pair.Server, script.Split('|'));
        var client = Client(pair);
        await client.GreetAsync(Cancellation);
        await client.HelloAsync(Cancellation);
        var result = await client.SendAsync(Mail("one@example.org", "two@example.org"), Cancellation);
        Assert.Equal(codes, string.Join(',', result.Replies.Select(r => r.Code)));
        await server;
    }

    [Theory]
    [InlineData("hello\r\n")]
    [InlineData("250-a\r\n251 b\r\n")]
    [InlineData("199 x\r\n")]
    [InlineData("")]
    public async Task A_server_that_talks_nonsense_is_left(string said)
    {
        var pair = new DuplexPair();
        await pair.Server.Output.WriteAsync(Encoding.ASCII.GetBytes(said), Cancellation);
        await pair.Server.Output.CompleteAsync();
        await Assert.ThrowsAsync<SmtpProtocolException>(() => Client(pair).GreetAsync(Cancellation));
    }

    [Fact]
    public async Task A_server_that_answers_before_the_handshake_is_left()
    {
        var pair = new DuplexPair();
        var client = Client(pair);
        await pair.Server.Output.WriteAsync("220 x\r\n250-x\r\n250 STARTTLS\r\n220 go\r\n250 injected\r\n"u8.ToArray(), Cancellation);
        await client.GreetAsync(Cancellation);
        await client.HelloAsync(Cancellation);
        await Assert.ThrowsAsync<SmtpProtocolException>(() => client.StartTlsAsync((plain, _) => new(plain), Cancellation));
    }

    [Fact]
    public async Task It_signs_in()
    {
        var pair = new DuplexPair();
        var running = new SmtpServerConnection(pair.Server, new ScriptedHouse(), Conversation.Submission, TimeProvider.System).RunAsync(Cancellation);
        var client = Client(pair);
        await client.GreetAsync(Cancellation);
        await client.HelloAsync(Cancellation);
        Assert.Equal(["PLAIN", "LOGIN"], client.Extensions.Mechanisms);
        Assert.Equal(535, (await client.SignInAsync(new PlainClient("ada", "wrong"), Cancellation)).Code);
        Assert.Equal(235, (await client.SignInAsync(new PlainClient("ada", "secret"), Cancellation)).Code);
        await client.QuitAsync(Cancellation);
        await running;
    }

    [Fact]
    public async Task Line_breaks_never_reach_the_wire()
    {
        var client = Client(new DuplexPair());
        await Assert.ThrowsAsync<ArgumentException>(() => client.SendAsync(Mail("a@b>\r\nRCPT TO:<c@d"), Cancellation));
    }

    private static SmtpClientConnection Client(DuplexPair pair) => new(pair.Client, new() { HelloName = "c" }, TimeProvider.System);

    private static SmtpTransaction Mail(params string[] recipients) => new()
    {
        ReversePath = "ada@example.net",
        Recipients = [.. recipients.Select(r => new SmtpDestination(r))],
        Size = 5,
        OpenContent = _ => new(new MemoryStream(".Hi\r\n"u8.ToArray())),
    };

    /// <summary>Steps "expected start=reply"; the first is the greeting. Content is read up to the line ".".</summary>
    private static async Task ServeAsync(IDuplexPipe pipe, string[] script)
    {
        using var reader = new StreamReader(pipe.Input.AsStream(leaveOpen: true));
        await SayAsync(script[0]);
        foreach (var step in script.Skip(1))
        {
            var (expected, reply) = step.Split('=', 2) is [var e, var r] ? (e, r) : throw new InvalidOperationException(step);
            string? line;
            do
            {
                line = await reader.ReadLineAsync(Cancellation);
            }
            while (expected == "." && line != ".");
            Assert.StartsWith(expected, line, StringComparison.Ordinal);
            await SayAsync(reply);
        }

        async Task SayAsync(string reply)
            => await pipe.Output.WriteAsync(Encoding.ASCII.GetBytes(reply.Replace(";", "\r\n", StringComparison.Ordinal) + "\r\n"), Cancellation);
    }
}
