using System.Net;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plenum.Contracts.Mail;
using Plenum.Contracts.SignOn;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Mail.Domain;
using Plenum.SignOn.Domain;

using Plenum.Testing;

namespace Plenum.Modules.Tests.Mail.Receiving;

/// <summary>The ports for members' mail programs.</summary>
public sealed class SubmissionTests
{
    private const string AppPassword = "plenum-demo-app";

    private static CancellationToken Cancellation => MailHost.Cancellation;

    [Theory, OnBothDatabases]
    public async Task A_member_writes_to_a_board_and_to_the_world(DatabaseProvider provider)
    {
        await using var host = await MailHost.StartAsync(provider);
        using var client = await SignInAsync(host, "emil");
        using var message = Letter("emil@plenum.test", "members@lists.plenum.test", "x@elsewhere.example");
        message.Bcc.Add(new MailboxAddress(null, "secret@elsewhere.example"));
        message.Headers.Remove(HeaderId.Date);
        message.Headers.Remove(HeaderId.MessageId);
        await client.SendAsync(message, new MailboxAddress(null, "emil@plenum.test"), Everybody(message), Cancellation);

        var mail = Assert.Single(host.Boards.Received);
        Assert.Equal((MailOrigin.Submission, "emil@plenum.test"), (mail.Origin, mail.ReversePath));
        await using var db = host.OpenDb();
        Assert.Equal(await db.Set<Account>().Where(a => a.Login == "emil").Select(a => a.Id).SingleAsync(Cancellation), mail.Submitter);
        var queued = await db.Set<QueuedMessage>().Include(m => m.Recipients).SingleAsync(m => m.Source == "submission", Cancellation); // Beside it there may be a report already.
        Assert.Equal(("submission", "plenum.test", mail.Blob), (queued.Source, queued.Domain, queued.Blob));
        Assert.Equal(["secret@elsewhere.example", "x@elsewhere.example"], queued.Recipients.Select(r => r.Address).Order());
        Assert.All(queued.Recipients, r => Assert.Equal("emil@plenum.test", r.ReturnPath));
        var text = await host.TextAsync(queued.Blob);
        Assert.StartsWith("Received: from submission\r\n\tby mx.plenum.test with ESMTPSA", text[queued.SkippedOctets..], StringComparison.Ordinal);
        Assert.Contains("\r\nDate: ", text, StringComparison.Ordinal);
        Assert.Contains("\r\nMessage-ID: <", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("LOGIN")]
    [InlineData("SCRAM-SHA-1")]
    [InlineData("SCRAM-SHA-256")]
    [InlineData("SCRAM-SHA-256-PLUS")]
    public async Task Every_mechanism_opens(string mechanism)
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite);
        using var client = Trusting(host);
        await client.ConnectAsync("127.0.0.1", host.SubmissionTlsPort, SecureSocketOptions.SslOnConnect, Cancellation);
        Assert.Contains(mechanism, client.AuthenticationMechanisms);
        client.AuthenticationMechanisms.RemoveWhere(m => m != mechanism);
        await client.AuthenticateAsync("emil@plenum.test", AppPassword, Cancellation);
        using var message = Letter("emil@plenum.test", "members@lists.plenum.test");
        await client.SendAsync(message, Cancellation);
        Assert.Single(host.Boards.Received);
    }

    [Theory]
    [InlineData("emil", "plenum-demo")]
    [InlineData("emil", "wrong")]
    [InlineData("nobody", AppPassword)]
    public async Task Neither_the_web_password_nor_any_other_opens(string login, string password)
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite);
        foreach (var mechanism in (string[])["PLAIN", "SCRAM-SHA-256"])
        {
            using var client = Trusting(host);
            await client.ConnectAsync("127.0.0.1", host.SubmissionPort, SecureSocketOptions.StartTls, Cancellation);
            client.AuthenticationMechanisms.RemoveWhere(m => m != mechanism);
            await Assert.ThrowsAsync<AuthenticationException>(() => client.AuthenticateAsync(login, password, Cancellation));
        }
    }

    [Theory]
    [InlineData("dilek@plenum.test", "emil@plenum.test", "You may not write as dilek@plenum.test")]
    [InlineData("emil@plenum.test", "dilek@plenum.test", "You may not write as dilek@plenum.test")]
    [InlineData("emil@example.org", "emil@plenum.test", "You may not write as emil@example.org")]
    public async Task Nobody_writes_as_another(string reversePath, string author, string refusal)
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite);
        using var client = await SignInAsync(host, "emil");
        using var message = Letter(author, "open@lists.plenum.test");
        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(message, new MailboxAddress(null, reversePath), Everybody(message), Cancellation));
        Assert.Contains(refusal, refused.Message, StringComparison.Ordinal);
        Assert.Empty(host.Boards.Received);
    }

    [Fact]
    public async Task An_office_is_an_address_of_its_holder()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite);
        using var client = await SignInAsync(host, "chandra");
        using var message = Letter("presse@plenum.test", "open@lists.plenum.test");
        await client.SendAsync(message, Cancellation);
        Assert.Equal("presse@plenum.test", Assert.Single(host.Boards.Received).ReversePath);
    }

    [Fact]
    public async Task In_the_clear_nobody_signs_in()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite);
        using var raw = await RawSmtp.ConnectAsync(host.SubmissionPort);
        await raw.SayAsync("EHLO c");
        Assert.StartsWith("530 5.7.0", await raw.SayAsync("AUTH PLAIN AGFkYQBwbGVudW0="), StringComparison.Ordinal);
        Assert.StartsWith("530 5.7.0", await raw.SayAsync("MAIL FROM:<emil@plenum.test>"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_revoked_app_password_ends_the_connection()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite, module => module.Services.AddSingleton<TimeProvider>(clock));
        using var client = await SignInAsync(host, "emil");
        using var first = Letter("emil@plenum.test", "open@lists.plenum.test");
        await client.SendAsync(first, Cancellation);
        await using var db = host.OpenDb();
        await db.Set<AppPassword>().ExecuteUpdateAsync(p => p.SetProperty(x => x.RevokedAt, clock.GetUtcNow().UtcDateTime), Cancellation);
        clock.Advance(TimeSpan.FromSeconds(30)); // Verdicts are remembered for 20 s.
        using var second = Letter("emil@plenum.test", "open@lists.plenum.test");
        await Assert.ThrowsAnyAsync<Exception>(() => client.SendAsync(second, Cancellation));
        Assert.Single(host.Boards.Received);
    }

    [Fact]
    public async Task One_account_cannot_write_to_everybody()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite, null, ("Mail:RecipientsPerAccountAndHour", "2"));
        using var client = await SignInAsync(host, "emil");
        using var message = Letter("emil@plenum.test", "a@elsewhere.example", "b@elsewhere.example", "c@elsewhere.example");
        var refused = await Assert.ThrowsAsync<SmtpCommandException>(() => client.SendAsync(message, Cancellation));
        Assert.Contains("too many recipients", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_module_that_issues_tokens_none_are_asked_for()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite);
        using var client = Trusting(host);
        await client.ConnectAsync("127.0.0.1", host.SubmissionTlsPort, SecureSocketOptions.SslOnConnect, Cancellation);
        Assert.Equal(["LOGIN", "PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS"], client.AuthenticationMechanisms.Order(StringComparer.Ordinal));
        await Assert.ThrowsAnyAsync<Exception>(() => client.AuthenticateAsync(new SaslMechanismOAuthBearer("emil", "good"), Cancellation));
        Assert.False(client.IsAuthenticated);
    }

    [Fact]
    public async Task A_bearer_token_opens_where_tokens_are_issued()
    {
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite, module => module.Services.AddSingleton<IBearerSignIn, SampleTokens>());
        foreach (var exchange in (SaslMechanism[])[new SaslMechanismOAuthBearer("emil", "good"), new SaslMechanismOAuth2("emil", "good")])
        {
            using var client = Trusting(host);
            await client.ConnectAsync("127.0.0.1", host.SubmissionTlsPort, SecureSocketOptions.SslOnConnect, Cancellation);
            await client.AuthenticateAsync(exchange, Cancellation);
            Assert.True(client.IsAuthenticated);
        }

        using var other = Trusting(host);
        await other.ConnectAsync("127.0.0.1", host.SubmissionTlsPort, SecureSocketOptions.SslOnConnect, Cancellation);
        await Assert.ThrowsAsync<AuthenticationException>(() => other.AuthenticateAsync(new SaslMechanismOAuthBearer("emil", "bad"), Cancellation));
    }

    internal static async Task<SmtpClient> SignInAsync(MailHost host, string login)
    {
        var client = Trusting(host);
        await client.ConnectAsync("127.0.0.1", host.SubmissionPort, SecureSocketOptions.StartTls, Cancellation);
        await client.AuthenticateAsync(login, AppPassword, Cancellation);
        return client;
    }

    internal static MimeMessage Letter(string from, params string[] to)
    {
        var message = new MimeMessage { Subject = "Brief", Body = new TextPart("plain") { Text = "Hallo" } };
        message.From.Add(new MailboxAddress("Wer", from));
        message.To.AddRange(to.Select(t => new MailboxAddress(null, t)));
        return message;
    }

    private static IEnumerable<MailboxAddress> Everybody(MimeMessage message) => message.To.Mailboxes.Concat(message.Bcc.Mailboxes);

    private static SmtpClient Trusting(MailHost host) => new() { ServerCertificateValidationCallback = (_, certificate, _, _) => host.Trusts(certificate) };

    private sealed class SampleTokens : IBearerSignIn
    {
        public ValueTask<SignInVerdict> CheckAsync(string? login, string token, ProtocolDoor door, IPAddress client, CancellationToken cancellation)
            => new(token == "good" ? new SignInVerdict { Account = Contracts.Organisation.AccountId.New(), Credential = Guid.NewGuid() } : SignInVerdict.Refused);
    }
}
