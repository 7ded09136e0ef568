using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Mail;
using Plenum.Discussions.Copies;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Posting;
using Plenum.Discussions.Subscribing;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Outbox;
using Plenum.Kernel.Permissions;
using Plenum.Mail.Domain;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Discussions;

/// <summary>Copies to subscribers.</summary>
public sealed class CopiesTests
{
    private const string Techtalk = "techtalk@" + DiscussionHouse.Domain;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task Every_subscriber_gets_a_copy_with_the_fields_of_a_list(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        await SubscribeAsync(house, board, "karla@example.net", "tomas@example.net");
        var dilek = await house.ViewerAsync(house.Party.Dilek);
        await house.AskAsync<SubscriptionService>(s => s.SubscribeAsync(dilek, board, SubscriptionDelivery.AtOnce, Cancellation));
        await house.SubmitAsync(house.Party.Emil, "emil", Techtalk, "Servus", ("Subject", "Radweg"), ("Message-ID", "<kept@example.net>"), ("List-Unsubscribe", "<https://evil.example/>"), ("Received", "from [192.0.2.7] by x with ESMTPSA; Tue, 24 Nov 2026 20:00:00 +0100"));
        await house.SettleAsync();
        var (message, recipients) = Assert.Single(await house.QueueAsync());
        Assert.Equal(["dilek@example.org", "karla@example.net", "tomas@example.net"], recipients.Select(r => r.Address).Order(StringComparer.Ordinal));
        Assert.Equal("kept@example.net", message.MessageId);
        Assert.Equal("emil@plenum.test", message.From.Mailboxes.Single().Address); // Our own domain: the list's signature covers it.
        Assert.Equal($"Techtalk <techtalk.{DiscussionHouse.Domain}>", message.Headers["List-Id"]);
        Assert.Equal($"<mailto:{Techtalk}>", message.Headers["List-Post"]);
        Assert.Contains("/boards/techtalk/posts/", message.Headers["Archived-At"], StringComparison.Ordinal);
        Assert.Null(message.Headers["List-Unsubscribe"]);
        Assert.DoesNotContain("192.0.2.7", message.ToString(), StringComparison.Ordinal);
        Assert.All(recipients, r =>
        {
            Assert.Matches("List-Unsubscribe: <http://localhost:8080/boards/one-click/[a-z0-9]{20}>, <mailto:techtalk-unsubscribe\\+[a-z0-9]{20}@lists.plenum.test>\r\n", r.Headers);
            Assert.Contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", r.Headers, StringComparison.Ordinal);
        });
        Assert.Equal(3, recipients.Select(r => r.Headers).Distinct().Count());
    }

    [Theory, OnBothDatabases]
    public async Task A_sender_whose_domain_demands_it_writes_through_the_board(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk", writers: Audience.Public);
        await SubscribeAsync(house, board, "karla@example.net");
        await house.RelayAsync("strict@example.com", Techtalk, "one", new() { Dmarc = AuthenticationResult.Pass, DmarcPolicy = "reject" }, ("From", "=?utf-8?q?J=C3=BCrgen?= Klein <strict@example.com>"));
        await house.RelayAsync("relaxed@example.com", Techtalk, "two", new() { Spf = AuthenticationResult.Pass, DmarcPolicy = "none" });
        await house.SettleAsync();
        var queue = await house.QueueAsync();
        var (strict, relaxed) = (queue[0].Message, queue[1].Message);
        Assert.Equal(("Jürgen Klein via Techtalk", Techtalk), (strict.From.Mailboxes.Single().Name, strict.From.Mailboxes.Single().Address));
        Assert.Equal("strict@example.com", strict.ReplyTo.Mailboxes.Single().Address);
        Assert.Equal("relaxed@example.com", relaxed.From.Mailboxes.Single().Address);
        Assert.Null(relaxed.Headers["Reply-To"]);
        Assert.Single(strict.Headers, h => h.Field == "From");
    }

    [Theory, OnBothDatabases]
    public async Task The_body_of_a_mail_goes_out_as_it_came_in(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        await SubscribeAsync(house, board, "karla@example.net");
        var raw = DiscussionHouse.Message("emil", "emil@plenum.test", Techtalk, "odd  spaces \t\n.dot\n\nFrom x\n=3D umlaut ä ");
        await house.DeliverAsync(raw, Techtalk, house.Party.Emil, "emil@plenum.test");
        await house.SettleAsync();
        var queued = await house.ReadAsync(db => db.Set<QueuedMessage>().SingleAsync(Cancellation));
        await using var content = await house.Kernel.Get<Blobs>().OpenAsync(BlobHash.Parse(queued.Blob), Cancellation);
        using var sent = new MemoryStream();
        await content.CopyToAsync(sent, Cancellation);
        Assert.Equal(BodyOf(raw), BodyOf(sent.ToArray()));
        Assert.Single(await house.PostsAsync(board));
    }

    [Theory, OnBothDatabases]
    public async Task Who_left_who_paused_and_who_never_confirmed_get_nothing(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var members = Audience.MembersOf(house.Party.Bavaria);
        var board = await house.BoardAsync("bayern", members, members, unit: house.Party.Bavaria);
        foreach (var account in (Contracts.Organisation.AccountId[])[house.Party.Emil, house.Party.Dilek])
        {
            var viewer = await house.ViewerAsync(account);
            await house.AskAsync<SubscriptionService>(s => s.SubscribeAsync(viewer, board, SubscriptionDelivery.AtOnce, Cancellation));
        }

        await using (var db = house.Kernel.OpenDb())
        {
            db.Add(Subscription.Of(board.Id, "never@example.net", isConfirmed: false, SmallParty.Founded));
            var paused = Subscription.Of(board.Id, "paused@example.net", isConfirmed: true, SmallParty.Founded);
            paused.Deliver(SubscriptionDelivery.Off);
            db.Add(paused);
            db.RemoveRange(await db.Set<MembershipFact>().Where(m => m.AccountId == house.Party.Emil).ToListAsync(Cancellation));
            await db.SaveChangesAsync(Cancellation);
        }

        await house.SubmitAsync(house.Party.Dilek, "dilek", $"bayern@{DiscussionHouse.Domain}", "Servus");
        await house.SettleAsync();
        Assert.Equal(["dilek@example.org"], Assert.Single(await house.QueueAsync()).Recipients.Select(r => r.Address));
    }

    [Theory, OnBothDatabases]
    public async Task A_crash_between_batches_loses_nothing_and_doubles_nothing(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        await SubscribeAsync(house, board, [.. Enumerable.Range(1, 1_203).Select(i => $"reader{i}@example.net")]);
        await house.SubmitAsync(house.Party.Emil, "emil", Techtalk, "to everyone");

        // A node dies over and over in the midst of a batch: its work is rolled back, another begins again.
        var before = DyingQueue.Deaths;
        await using (var dying = TestKernel.On(house.Kernel.Database, DiscussionHouse.Setup with { Register = module => module.Services.AddScoped<IMailQueue, DyingQueue>() }))
        {
            await dying.StartServiceAsync<OutboxDispatcher>();
            await Patience.UntilAsync(() => DyingQueue.Deaths >= before + 2, Cancellation);
        }

        Assert.Empty(await house.QueueAsync());
        await house.SettleAsync();
        var queue = await house.QueueAsync();
        Assert.Equal([500, 500, 203], queue.Select(q => q.Recipients.Count));
        Assert.Equal(1_203, queue.SelectMany(q => q.Recipients).Select(r => r.Address).Distinct().Count());
    }

    [Theory, OnBothDatabases]
    public async Task Dead_addresses_are_suspended_and_policy_refusals_are_not_held_against_anyone(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        await SubscribeAsync(house, board, "dead@example.net", "strict@example.net", "annoyed@example.net");
        var ids = await house.ReadAsync(db => db.Set<Subscription>().ToDictionaryAsync(s => s.Address!, s => s.Id, Cancellation));
        for (var day = 0; day < 4; day++)
        {
            await AgeBouncesAsync(house, TimeSpan.FromDays(1.5));
            await ReportAsync(house, ids["dead@example.net"], DeliveryOutcome.AddressFailed);
            await ReportAsync(house, ids["dead@example.net"], DeliveryOutcome.AddressFailed); // Two posts a day count once.
            await ReportAsync(house, ids["strict@example.net"], DeliveryOutcome.PolicyRefused);
            Assert.Equal(day == 3, (await FindAsync(house, ids["dead@example.net"])).SuspendedAt is not null);
        }

        await ReportAsync(house, ids["annoyed@example.net"], DeliveryOutcome.Complaint);
        Assert.Equal(SubscriptionDelivery.Off, (await FindAsync(house, ids["annoyed@example.net"])).Delivery);
        Assert.Equal(0, (await FindAsync(house, ids["strict@example.net"])).BounceScore);
    }

    [Theory, OnBothDatabases]
    public async Task A_report_to_the_bounces_address_counts(DatabaseProvider provider)
    {
        await using var house = await DiscussionHouse.StartAsync(provider);
        var board = await house.BoardAsync("techtalk");
        await SubscribeAsync(house, board, "dead@example.net");
        var report = """
            Content-Type: multipart/report; report-type=delivery-status; boundary=b
            From: mailer-daemon@example.net

            --b
            Content-Type: text/plain

            It did not work.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.net

            Final-Recipient: rfc822; Dead@example.net
            Action: failed
            Status: 5.1.1
            --b--
            """;
        var complaint = """
            Content-Type: multipart/report; report-type=feedback-report; boundary=b
            From: mailer-daemon@example.net

            --b
            Content-Type: message/feedback-report

            Feedback-Type: abuse
            Original-Rcpt-To: dead@example.net
            --b--
            """;
        foreach (var harmless in (string[])[
            "Subject: no report\n\nnothing", complaint, report.Replace("failed", "delayed", StringComparison.Ordinal), report.Replace("5.1.1", "5.7.1", StringComparison.Ordinal)])
        {
            Assert.Equal((0, SubscriptionDelivery.AtOnce), await AfterAsync(harmless));
        }

        Assert.Equal((4, SubscriptionDelivery.AtOnce), await AfterAsync(report));

        async Task<(int Score, SubscriptionDelivery Delivery)> AfterAsync(string mail)
        {
            var raw = System.Text.Encoding.ASCII.GetBytes(mail.ReplaceLineEndings("\r\n"));
            Assert.Equal(IncomingVerdict.Accepted, await house.DeliverAsync(raw, $"techtalk-bounces@{DiscussionHouse.Domain}", null, ""));
            var subscription = await house.ReadAsync(db => db.Set<Subscription>().SingleAsync(Cancellation));
            return (subscription.BounceScore, subscription.Delivery);
        }
    }

    private static string BodyOf(byte[] raw)
    {
        var text = System.Text.Encoding.Latin1.GetString(raw);
        return text[text.IndexOf("\r\n\r\n", StringComparison.Ordinal)..];
    }

    private static async Task SubscribeAsync(DiscussionHouse house, Board board, params string[] addresses)
    {
        await using var db = house.Kernel.OpenDb();
        db.AddRange(addresses.Select(a => Subscription.Of(board.Id, a, isConfirmed: true, SmallParty.Founded)));
        await db.SaveChangesAsync(Cancellation);
    }

    private static Task<Subscription> FindAsync(DiscussionHouse house, SubscriptionId id) => house.ReadAsync(db => db.Set<Subscription>().SingleAsync(s => s.Id == id, Cancellation));

    private static Task<int> AgeBouncesAsync(DiscussionHouse house, TimeSpan by) => house.ReadAsync(async db =>
    {
        foreach (var subscription in await db.Set<Subscription>().Where(s => s.LastBounceAt != null).ToListAsync(Cancellation))
        {
            db.Entry(subscription).Property(s => s.LastBounceAt).CurrentValue = subscription.LastBounceAt - by;
        }

        return await db.SaveChangesAsync(Cancellation);
    });

    private static Task ReportAsync(DiscussionHouse house, SubscriptionId id, DeliveryOutcome outcome)
        => house.Kernel.InScopeAsync(scope => scope.GetServices<IDeliveryReportReceiver>().Single(r => r.Source == "discussions").ReportAsync(
            new() { Message = MailMessageId.New(), CopyReference = id.ToString(), Recipient = "x@example.net", Outcome = outcome, At = SmallParty.Founded }, Cancellation));

    /// <summary>Takes the copies and dies before they are saved.</summary>
    private sealed class DyingQueue(PlenumDb db) : IMailQueue
    {
        private static int _deaths;

        public static int Deaths => Volatile.Read(ref _deaths);

        public ValueTask<MailMessageId> EnqueueAsync(OutgoingMail mail, CancellationToken cancellation = default)
        {
            var message = new QueuedMessage("discussions", ((MailCopies)mail).Blob, 1, SmallParty.Founded, SmallParty.Founded.AddYears(1));
            db.Add(message);
            Interlocked.Increment(ref _deaths);
            throw new IOException("The power went.");
        }
    }
}
