using System.Text;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Demo;
using Plenum.Mail.Domain;
using Plenum.Protocols.Mail.Dns;

using Plenum.Testing;

namespace Plenum.Modules.Tests.Mail.Receiving;

/// <summary>The port for other servers.</summary>
public sealed class RelayTests
{
    private static CancellationToken Cancellation => MailHost.Cancellation;

    [Theory, OnBothDatabases]
    public async Task A_message_reaches_its_claimant_unaltered(DatabaseProvider provider)
    {
        await using var host = await MailHost.StartAsync(provider);
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", host.RelayPort, SecureSocketOptions.None, Cancellation);
        using var message = new MimeMessage { Subject = "Grüße", MessageId = "1@example.net", Body = new TextPart("plain") { Text = ".dot\r\nHallo" } };
        message.From.Add(new MailboxAddress("Ada", "ada@example.net"));
        message.InReplyTo = "0@example.net";
        message.Headers.Add("List-Id", "<Other.example.net>");
        await client.SendAsync(message, new MailboxAddress(null, "ada@example.net"), [new MailboxAddress(null, "open+tag@lists.plenum.test")], Cancellation);
        await client.DisconnectAsync(quit: true, Cancellation);

        var mail = Assert.Single(host.Boards.Received);
        Assert.Equal(("ada@example.net", MailOrigin.Relay, "1@example.net", "Grüße", "Ada", "tag"), (mail.ReversePath, mail.Origin, mail.Header.MessageId, mail.Header.Subject, mail.Header.FromName, mail.Recipients[0].Subaddress));
        Assert.Equal(["0@example.net"], mail.Header.InReplyTo);
        Assert.Equal(["<other.example.net>"], mail.Header.LoopMarks);
        var text = await host.TextAsync(mail.Blob);
        Assert.StartsWith("Return-Path: <ada@example.net>\r\nReceived: from ", text, StringComparison.Ordinal);
        Assert.Contains("by mx.plenum.test with ESMTP\r\n", text, StringComparison.Ordinal);
        Assert.Contains("for <open+tag@lists.plenum.test>;", text, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n.dot\r\nHallo\r\n", text, StringComparison.Ordinal);
        Assert.Equal(text.Length, mail.SizeBytes);
        Assert.Equal(1, await KeptAsync(host));
    }

    [Fact]
    public async Task Recipients_are_decided_while_the_client_waits()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite);
        using var raw = await RawSmtp.ConnectAsync(host.RelayPort);
        await raw.SayAsync("EHLO c");
        await raw.SayAsync("MAIL FROM:<x@example.net>");
        Assert.Equal("550 5.1.1 There is no such mailbox here", await raw.SayAsync("RCPT TO:<nothing@lists.plenum.test>"));
        Assert.Equal("550 5.1.1 There is no such mailbox here", await raw.SayAsync("RCPT TO:<nothing@plenum.test>"));
        Assert.StartsWith("550 5.7.1 Not one of our domains", await raw.SayAsync("RCPT TO:<x@elsewhere.example>"), StringComparison.Ordinal);
        Assert.StartsWith("550 5.7.1 Not one of our domains", await raw.SayAsync("RCPT TO:<\"open@lists.plenum.test\"@elsewhere.example>"), StringComparison.Ordinal);
        Assert.StartsWith("550 5.7.1 Not one of our domains", await raw.SayAsync("RCPT TO:<x%elsewhere.example@relay.example>"), StringComparison.Ordinal);
        Assert.StartsWith("550 5.1.2", await raw.SayAsync("RCPT TO:<x@[127.0.0.1]>"), StringComparison.Ordinal);
        Assert.Equal("550 5.7.1 Only members may post here.", await raw.SayAsync("RCPT TO:<members@lists.plenum.test>"));
        Assert.Equal("452 4.2.2 The board is full.", await raw.SayAsync("RCPT TO:<full@lists.plenum.test>"));
        Assert.StartsWith("550 5.7.1 This address only sends", await raw.SayAsync("RCPT TO:<noreply@plenum.test>"), StringComparison.Ordinal);
        Assert.StartsWith("550 5.1.1", await raw.SayAsync("RCPT TO:<bounces+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@plenum.test>"), StringComparison.Ordinal);
        foreach (var answered in (string[])["postmaster", "postmaster@plenum.test", "abuse@lists.plenum.test", "open@LISTS.plenum.test"])
        {
            Assert.StartsWith("250", await raw.SayAsync($"RCPT TO:<{answered}>"), StringComparison.Ordinal);
        }
    }

    [Theory, OnBothDatabases]
    public async Task What_a_claimant_refuses_or_fails_at_is_not_kept(DatabaseProvider provider)
    {
        await using var host = await MailHost.StartAsync(provider);
        using var raw = await RawSmtp.ConnectAsync(host.RelayPort);
        await raw.BeginAsync(to: "late@lists.plenum.test");
        Assert.Equal("550 5.7.1 On second thoughts, no.", await raw.SayAsync("Subject: x\r\n\r\nx\r\n."));
        await raw.BeginAsync(to: "broken@lists.plenum.test");
        Assert.Equal("451 4.3.0 Trouble on our side, try again later", await raw.SayAsync("Subject: x\r\n\r\nx\r\n."));
        Assert.Equal(0, await KeptAsync(host));
        await raw.BeginAsync();
        Assert.StartsWith("250 2.0.0 Accepted as ", await raw.SayAsync("Subject: x\r\n\r\nx\r\n."), StringComparison.Ordinal);
        Assert.Equal(1, await KeptAsync(host));
    }

    [Theory, OnBothDatabases]
    public async Task Many_at_once_are_all_kept(DatabaseProvider provider)
    {
        await using var host = await MailHost.StartAsync(provider);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async client =>
        {
            using var raw = await RawSmtp.ConnectAsync(host.RelayPort);
            for (var i = 0; i < 5; i++)
            {
                await raw.BeginAsync(to: i == 2 ? "broken@lists.plenum.test" : "open@lists.plenum.test");
                Assert.StartsWith(i == 2 ? "451" : "250", await raw.SayAsync($"Subject: {client}.{i}\r\n\r\nx\r\n."), StringComparison.Ordinal);
            }
        }));
        Assert.Equal(80, await KeptAsync(host));
    }

    [Fact]
    public async Task StartTls_encrypts_with_the_certificate_of_the_house()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite);
        using var client = new SmtpClient { ServerCertificateValidationCallback = (_, certificate, _, _) => host.Trusts(certificate) };
        await client.ConnectAsync("127.0.0.1", host.RelayPort, SecureSocketOptions.StartTls, Cancellation);
        Assert.True(client.IsSecure);
        using var message = Simple();
        await client.SendAsync(message, new MailboxAddress(null, ""), [new MailboxAddress(null, "open@lists.plenum.test")], Cancellation);
        var text = await host.TextAsync(Assert.Single(host.Boards.Received).Blob);
        Assert.StartsWith("Return-Path: <>\r\n", text, StringComparison.Ordinal);
        Assert.Contains("with ESMTPS (TLS1.3 TLS_", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forgery_is_refused_and_a_true_sender_believed()
    {
        var zone = new DnsTable()
            .AddTxt("_dmarc.bank.example", "v=DMARC1; p=reject").AddTxt("bank.example", "v=spf1 -all")
            .AddTxt("_dmarc.friend.example", "v=DMARC1; p=reject").AddTxt("friend.example", "v=spf1 ip4:127.0.0.1 -all");
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite, module => module.Services.AddSingleton<IDnsResolver>(zone));
        using var raw = await RawSmtp.ConnectAsync(host.RelayPort);
        await raw.BeginAsync(from: "x@bank.example");
        Assert.StartsWith("550 5.7.26", await raw.SayAsync("From: x@bank.example\r\nSubject: x\r\n\r\nx\r\n."), StringComparison.Ordinal);
        await raw.BeginAsync(from: "x@friend.example");
        Assert.StartsWith("250", await raw.SayAsync("From: x@friend.example\r\nAuthentication-Results: mx.plenum.test; spf=fail\r\nSubject: x\r\n\r\nx\r\n."), StringComparison.Ordinal);
        var authentication = Assert.Single(host.Boards.Received).Authentication;
        Assert.Equal((AuthenticationResult.Pass, AuthenticationResult.None, AuthenticationResult.Pass, "reject"), (authentication.Spf, authentication.Dkim, authentication.Dmarc, authentication.DmarcPolicy));
        Assert.StartsWith("mx.plenum.test;\r\n\tspf=pass smtp.mailfrom=x@friend.example;\r\n\tdkim=none", authentication.Chain!.Results, StringComparison.Ordinal);
        Assert.Equal((AuthenticationResult.None, 0), (authentication.Chain.Status, authentication.Chain.Instances));
    }

    [Fact]
    public async Task A_loop_is_cut()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite);
        using var raw = await RawSmtp.ConnectAsync(host.RelayPort);
        await raw.BeginAsync();
        var trace = string.Concat(Enumerable.Repeat("Received: by x; Mon, 1 Jan 2024 00:00:00 +0000\r\n", 51));
        Assert.StartsWith("554 5.4.6", await raw.SayAsync(trace + "Subject: x\r\n\r\nx\r\n."), StringComparison.Ordinal);
        Assert.Empty(host.Boards.Received);
    }

    [Fact]
    public async Task Mail_to_postmaster_goes_on_to_the_operators()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite);
        using var raw = await RawSmtp.ConnectAsync(host.RelayPort);
        await raw.BeginAsync(to: "postmaster");
        Assert.StartsWith("250", await raw.SayAsync("Subject: x\r\n\r\nx\r\n."), StringComparison.Ordinal);
        await using var db = host.OpenDb();
        var recipient = await db.Set<QueuedRecipient>().SingleAsync(Cancellation);
        Assert.Equal(("ada@example.org", ""), (recipient.Address, recipient.ReturnPath));
    }

    [Fact]
    public async Task Guessing_addresses_is_slowed_down()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite, null, ("Mail:UnknownRecipientsPerNetworkAndHour", "3"));
        using var raw = await RawSmtp.ConnectAsync(host.RelayPort);
        await raw.SayAsync("EHLO c");
        await raw.SayAsync("MAIL FROM:<x@example.net>");
        for (var i = 0; i < 3; i++)
        {
            Assert.StartsWith("550 5.1.1", await raw.SayAsync($"RCPT TO:<a{i}@plenum.test>"), StringComparison.Ordinal);
        }

        Assert.StartsWith("450 4.7.1 Too many unknown", await raw.SayAsync("RCPT TO:<open@lists.plenum.test>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_network_in_a_hurry_is_asked_to_come_later()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite, null, ("Mail:MessagesPerNetworkAndMinute", "2"));
        using var raw = await RawSmtp.ConnectAsync(host.RelayPort);
        await raw.SayAsync("EHLO c");
        for (var i = 0; i < 2; i++)
        {
            Assert.StartsWith("250", await raw.SayAsync("MAIL FROM:<x@example.net>"), StringComparison.Ordinal);
            await raw.SayAsync("RSET");
        }

        Assert.StartsWith("450 4.7.1 Your network", await raw.SayAsync("MAIL FROM:<x@example.net>"), StringComparison.Ordinal);
    }

    internal static async Task<int> KeptAsync(MailHost host)
    {
        await using var db = host.OpenDb();
        return await db.Database.SqlQuery<int>($"SELECT CAST(COUNT(*) AS INTEGER) AS \"Value\" FROM kernel_blob_reference WHERE owner = 'tests'").SingleAsync(Cancellation);
    }

    private static MimeMessage Simple()
    {
        var message = new MimeMessage { Subject = "x", Body = new TextPart("plain") { Text = "x" } };
        message.From.Add(new MailboxAddress(null, "ada@example.net"));
        return message;
    }
}
