using System.Text;
using MailKit;
using MailKit.Net.Smtp;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Data;
using Plenum.Mail.Domain;
using Plenum.Modules.Tests.Mail.Receiving;
using Plenum.Protocols.Mail.Dsn;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Mail.Sending;

/// <summary>What members hear of their own mail (RFC 3461).</summary>
public sealed class SubmitterReportTests
{
    private static CancellationToken Cancellation => MailHost.Cancellation;

    [Fact]
    public async Task A_failure_comes_back_as_a_notification()
    {
        await using var sink = new MailSink { OnRecipient = a => a.StartsWith("no", StringComparison.Ordinal) ? "550 5.1.1 no such user" : "250 ok" };
        await using var host = await StartAsync(sink, null);
        await SendAsync(host, DeliveryStatusNotification.Failure, "no1@example.net", "yes@example.net", "no2@example.net");
        var dsn = await NotificationAsync(host);
        Assert.Equal(["no1@example.net", "no2@example.net"], dsn.Status.Recipients.Select(r => r.FinalRecipient!.Text));
        Assert.All(dsn.Status.Recipients, r => Assert.Equal((DsnAction.Failed, "5.1.1"), (r.Action, r.Status.ToString())));
        Assert.Contains("550 5.1.1 no such user", dsn.Text, StringComparison.Ordinal);
        Assert.Contains("Subject: Brief", Encoding.UTF8.GetString(dsn.Original.Span), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Who_of_several_refuses_at_the_end_is_named_in_a_notification(DatabaseProvider provider)
    {
        await using var sink = new MailSink();
        await using var host = await StartAsync(sink, null, provider);
        await SendAsync(host, DeliveryStatusNotification.Failure, "late@lists.plenum.test", "yes@example.net");
        await DeliveryTests.StateAsync(host, "yes@example.net", r => r.State is RecipientState.Delivered);
        var dsn = await NotificationAsync(host);
        var told = dsn.Status.Recipients.Single();
        Assert.Equal(("late@lists.plenum.test", DsnAction.Failed, "5.7.1"), (told.FinalRecipient!.Text, told.Action, told.Status.ToString()));
        Assert.Equal("env+1", dsn.Status.OriginalEnvelopeId);
        Assert.Contains("On second thoughts, no.", dsn.Text, StringComparison.Ordinal);
        Assert.Contains("Subject: Brief", Encoding.UTF8.GetString(dsn.Original.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_never_wants_to_hear_hears_nothing()
    {
        await using var sink = new MailSink { OnRecipient = _ => "550 5.1.1 no such user" };
        await using var host = await StartAsync(sink, null);
        await SendAsync(host, DeliveryStatusNotification.Never, "no@example.net");
        await DeliveryTests.DoneAsync(host, 1);
        Assert.Empty(host.Boards.Received);
    }

    [Fact]
    public async Task Success_is_reported_where_asked_for_and_passed_on_where_the_next_host_can()
    {
        await using var sink = new MailSink { Extensions = ["PIPELINING"] };
        await using var host = await StartAsync(sink, null);
        await SendAsync(host, DeliveryStatusNotification.Success, "a@example.net");
        Assert.Equal(DsnAction.Relayed, (await NotificationAsync(host)).Status.Recipients.Single().Action);

        await using var able = new MailSink();
        await using var other = await StartAsync(able, null);
        await SendAsync(other, DeliveryStatusNotification.Success, "a@example.net");
        await DeliveryTests.DoneAsync(other, 1);
        Assert.Contains("NOTIFY=SUCCESS", able.Mails.Single().RecipientLines[0], StringComparison.Ordinal);
        Assert.Contains("ORCPT=rfc822;a@example.net", able.Mails.Single().RecipientLines[0], StringComparison.Ordinal);
        Assert.Contains("ENVID=env+2B1", able.Mails.Single().MailLine, StringComparison.Ordinal);
        Assert.Empty(other.Boards.Received);
    }

    [Fact]
    public async Task A_delay_is_told_once()
    {
        var clock = new ShiftedClock();
        await using var sink = new MailSink { OnRecipient = _ => "451 4.7.1 later" };
        await using var host = await StartAsync(sink, clock);
        await SendAsync(host, DeliveryStatusNotification.Delay | DeliveryStatusNotification.Failure, "slow@example.net");
        for (var attempts = 1; attempts <= 4; attempts++)
        {
            await DeliveryTests.StateAsync(host, "slow@example.net", r => r.Attempts == attempts);
            clock.Shift(TimeSpan.FromHours(5), host);
        }

        var dsn = await NotificationAsync(host);
        Assert.Equal((DsnAction.Delayed, "4.7.1"), (dsn.Status.Recipients.Single().Action, dsn.Status.Recipients.Single().Status.ToString()));
        Assert.NotNull(dsn.Status.Recipients.Single().WillRetryUntil);
        Assert.Single(host.Boards.Received);
    }

    private static Task<MailHost> StartAsync(MailSink sink, TimeProvider? clock, DatabaseProvider provider = DatabaseProvider.SQLite) => MailHost.StartAsync(
        provider,
        module =>
        {
            module.Services.AddSingleton<IAddressClaimant, EmilsMailbox>();
            if (clock is not null)
            {
                module.Services.AddSingleton(clock);
            }
        },
        ("Mail:SmartHost", sink.Address));

    private static async Task SendAsync(MailHost host, DeliveryStatusNotification wanted, params string[] to)
    {
        using var client = new NotifyingClient(wanted) { ServerCertificateValidationCallback = (_, certificate, _, _) => host.Trusts(certificate) };
        await client.ConnectAsync("127.0.0.1", host.SubmissionPort, MailKit.Security.SecureSocketOptions.StartTls, Cancellation);
        await client.AuthenticateAsync("emil", "plenum-demo-app", Cancellation);
        using var message = SubmissionTests.Letter("emil@plenum.test", to);
        await client.SendAsync(message, Cancellation);
    }

    private static async Task<DsnMessage> NotificationAsync(MailHost host)
    {
        await Patience.UntilAsync(() => host.Boards.Received.Any(m => m.ReversePath.Length == 0), Cancellation, "the notification");
        var mail = host.Boards.Received.First(m => m.ReversePath.Length == 0);
        Assert.Equal(("", true), (mail.ReversePath, mail.Header.IsAutomatic));
        Assert.True(DsnReader.TryRead(Encoding.Latin1.GetBytes(await host.TextAsync(mail.Blob)), out var dsn));
        return dsn;
    }

    /// <summary>Emil's own mailbox, kept at the open board's.</summary>
    private sealed class EmilsMailbox : IAddressClaimant
    {
        public int Order => 60;

        public ValueTask<AddressClaim?> ClaimAsync(MailAddress address, CancellationToken cancellation)
            => new(address.ToString() == "emil@plenum.test" ? new AddressClaim(SampleBoards.Name, "open", address) : null);
    }

    private sealed class NotifyingClient(DeliveryStatusNotification wanted) : SmtpClient
    {
        protected override DeliveryStatusNotification? GetDeliveryStatusNotifications(MimeMessage message, MailboxAddress mailbox) => wanted;

        protected override string GetEnvelopeId(MimeMessage message) => "env+1";
    }
}
