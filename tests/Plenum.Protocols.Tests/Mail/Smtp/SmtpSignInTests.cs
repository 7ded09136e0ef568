using System.Text;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Protocols.Tests.Mail.Smtp;

public sealed class SmtpSignInTests
{
    private static readonly string Right = Base64("\0ada\0secret");
    private static readonly string Wrong = Base64("\0ada\0wrong");

    [Fact]
    public async Task Submission_takes_mail_only_after_sign_in()
    {
        var conversation = new Conversation { Options = Conversation.Submission };
        var codes = await conversation.CodesAsync(
            "EHLO c", "MAIL FROM:<ada@example.org>", $"AUTH PLAIN {Right}", "MAIL FROM:<ada@example.org>", "RCPT TO:<emil@example.org>", "DATA", "x", ".");
        Assert.Equal("220 250 530 235 250 250 354 250", codes);
    }

    [Fact]
    public async Task Submission_in_the_clear_asks_for_tls_first()
    {
        var conversation = new Conversation { Options = Conversation.Submission with { IsEncrypted = false, OffersStartTls = true } };
        Assert.Equal("220 250 530 530", await conversation.CodesAsync("EHLO c", "MAIL FROM:<ada@example.org>", $"AUTH PLAIN {Right}"));
    }

    [Theory]
    [InlineData("220 250 334 235", "AUTH PLAIN", "{right}")]
    [InlineData("220 250 334 334 235", "AUTH LOGIN", "{ada}", "{secret}")]
    [InlineData("220 250 334 235", "AUTH LOGIN {ada}", "{secret}")]
    [InlineData("220 250 235", "auth plain {right}")]
    [InlineData("220 250 334 535", "AUTH PLAIN", "*")]
    [InlineData("220 250 334 501", "AUTH PLAIN", "no base64!")]
    [InlineData("220 250 501", "AUTH PLAIN no!")]
    [InlineData("220 250 504", "AUTH CRAM-MD5")]
    [InlineData("220 250 504", "AUTH")]
    [InlineData("220 250 235 503", "AUTH PLAIN {right}", "AUTH PLAIN {right}")]
    [InlineData("220 250 501", "AUTH PLAIN {right} again")]
    public async Task Exchanges_run(string codes, params string[] lines)
    {
        var filled = lines.Select(l => l.Replace("{right}", Right, StringComparison.Ordinal)
            .Replace("{ada}", Base64("ada"), StringComparison.Ordinal).Replace("{secret}", Base64("secret"), StringComparison.Ordinal));
        Assert.Equal(codes, await new Conversation { Options = Conversation.Submission }.CodesAsync(["EHLO c", .. filled]));
    }

    [Fact]
    public async Task The_third_failure_ends_it()
    {
        var codes = await new Conversation { Options = Conversation.Submission }
            .CodesAsync("EHLO c", $"AUTH PLAIN {Wrong}", $"AUTH PLAIN {Wrong}", $"AUTH PLAIN {Wrong}", $"AUTH PLAIN {Right}");
        Assert.Equal("220 250 535 535 535", codes);
    }

    [Fact]
    public async Task What_was_said_before_the_handshake_is_forgotten()
    {
        var inner = new DuplexPair();
        var house = new ScriptedHouse { Encrypted = inner.Server };
        var outer = new DuplexPair();
        var cancellation = TestContext.Current.CancellationToken;
        var running = new SmtpServerConnection(outer.Server, house, Conversation.Relay with { OffersStartTls = true }, TimeProvider.System).RunAsync(cancellation);
        await outer.Client.Output.WriteAsync("EHLO c\r\nSTARTTLS\r\nMAIL FROM:<injected@b.example>\r\nRCPT TO:<emil@example.org>\r\n"u8.ToArray(), cancellation);
        await inner.Client.Output.WriteAsync("MAIL FROM:<a@b.example>\r\nEHLO c\r\nRCPT TO:<emil@example.org>\r\nSTARTTLS\r\nQUIT\r\n"u8.ToArray(), cancellation);
        await running;
        await outer.Server.Output.CompleteAsync();
        await inner.Server.Output.CompleteAsync();
        using var plain = new StreamReader(outer.Client.Input.AsStream());
        using var secret = new StreamReader(inner.Client.Input.AsStream());
        Assert.EndsWith("220 2.0.0 Ready to start TLS\r\n", await plain.ReadToEndAsync(cancellation), StringComparison.Ordinal);
        var replies = (await secret.ReadToEndAsync(cancellation)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Where(l => l[3] != '-').Select(l => l[..3]);
        Assert.Equal(["503", "250", "503", "503", "221"], replies); // As new: no EHLO, no MAIL of before.
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
