using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Modules;
using Plenum.Mail.Domain;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dns;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Mail.Sending;

/// <summary>Mail on its way to other servers.</summary>
public sealed class DeliveryTests
{
    private const string Post = "From: Emil <emil@plenum.test>\r\nTo: open@lists.plenum.test\r\nSubject: Post\r\nList-Id: <open.lists.plenum.test>\r\nMessage-ID: <1@plenum.test>\r\nDate: Tue, 24 Nov 2026 10:00:00 +0000\r\n\r\n.Hallo\r\n";

    private static CancellationToken Cancellation => MailHost.Cancellation;

    [Theory, OnBothDatabases]
    public async Task Copies_reach_the_smart_host_each_with_its_own_lines_path_and_signatures(DatabaseProvider provider)
    {
        await using var sink = new MailSink();
        await using var host = await StartAsync(provider, sink);
        var id = await EnqueueAsync(host, Post, [.. Enumerable.Range(0, 60).Select(i => new MailCopy($"m{i}@example.net") { Headers = [new("List-Unsubscribe", $"<https://plenum.test/u/{i}>")], Reference = $"s{i}" })]);
        await DoneAsync(host, 60);

        Assert.Equal(60, sink.Mails.Count);
        Assert.InRange(sink.Connections, 1, 20);
        var mail = sink.Mails.Single(m => m.Recipients[0] == "m7@example.net");
        Assert.StartsWith("bounces+", mail.From, StringComparison.Ordinal);
        Assert.EndsWith("@lists.plenum.test", mail.From, StringComparison.Ordinal);
        Assert.Equal(60, sink.Mails.Select(m => m.From).Distinct().Count());
        Assert.Contains("\r\nList-Unsubscribe: <https://plenum.test/u/7>\r\n", mail.Content, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n.Hallo\r\n", mail.Content, StringComparison.Ordinal);
        Assert.Equal([DkimResult.Pass, DkimResult.Pass], await VerifyAsync(host, mail.Content, "lists.plenum.test"));
        await using var db = host.OpenDb();
        Assert.Equal(["2.0.0"], await db.Set<QueuedRecipient>().Where(r => r.MessageId == id).Select(r => r.LastStatus).Distinct().ToListAsync(Cancellation));
    }

    [Theory, OnBothDatabases]
    public async Task Copies_that_are_alike_share_a_transaction(DatabaseProvider provider)
    {
        await using var sink = new MailSink();
        await using var host = await StartAsync(provider, sink);
        await EnqueueAsync(host, Post, [.. Enumerable.Range(0, 250).Select(i => new MailCopy($"m{i}@example.net") { ReturnPath = "open-bounces@lists.plenum.test" })]);
        await DoneAsync(host, 250);
        Assert.Equal([50, 100, 100], sink.Mails.Select(m => m.Recipients.Count).Order());
        Assert.Equal(250, sink.Mails.SelectMany(m => m.Recipients).Distinct().Count());
    }

    [Fact]
    public async Task A_host_that_takes_few_recipients_gets_the_rest_at_once()
    {
        await using var sink = new MailSink();
        var taken = 0;
        sink.OnMail = _ =>
        {
            taken = 0;
            return "250 ok";
        };
        sink.OnRecipient = _ => ++taken > 30 ? "452 4.5.3 too many" : "250 ok";
        await using var host = await StartAsync(DatabaseProvider.SQLite, sink, ("Mail:ConnectionsToSmartHost", "1"));
        await EnqueueAsync(host, Post, [.. Enumerable.Range(0, 100).Select(i => new MailCopy($"m{i}@example.net") { ReturnPath = "" })]);
        await DoneAsync(host, 100);
        Assert.Equal([10, 30, 30, 30], sink.Mails.Select(m => m.Recipients.Count).Order());
    }

    [Theory, OnBothDatabases]
    public async Task What_fails_for_now_is_tried_again_and_what_lasts_too_long_goes_back(DatabaseProvider provider)
    {
        var clock = new ShiftedClock();
        await using var sink = new MailSink { OnRecipient = address => address.StartsWith("later", StringComparison.Ordinal) ? "451 4.2.1 later" : "250 ok" };
        var reports = new SampleReports();
        await using var host = await StartAsync(provider, sink, module => Fake(module, clock, reports));
        await EnqueueAsync(host, Post, [new("now@example.net"), new("later@example.net") { Reference = "s2" }]);
        await StateAsync(host, "later@example.net", r => r is { State: RecipientState.Pending, Attempts: 1, LastStatus: "4.2.1" });
        await StateAsync(host, "now@example.net", r => r.State is RecipientState.Delivered);
        for (var attempt = 2; attempt <= 40; attempt++)
        {
            var expected = attempt;
            clock.Shift(TimeSpan.FromHours(5), host);
            var row = await StateAsync(host, "later@example.net", r => r.State is RecipientState.Failed || r.Attempts == expected);
            if (row.State is RecipientState.Failed)
            {
                break;
            }
        }

        await Patience.UntilAsync(() => reports.All.Count == 1, Cancellation, "the report");
        Assert.Equal(("later@example.net", "s2", DeliveryOutcome.Expired, "4.2.1"), (reports.All[0].Recipient, reports.All[0].CopyReference, reports.All[0].Outcome, reports.All[0].Status));
        Assert.InRange(clock.GetUtcNow() - await CreatedAsync(host), TimeSpan.FromDays(5), TimeSpan.FromDays(5.5));
    }

    [Theory, OnBothDatabases]
    public async Task A_clock_that_ran_ahead_and_was_set_right_delays_no_mail(DatabaseProvider provider)
    {
        var clock = new ShiftedClock();
        await using var sink = new MailSink { OnRecipient = _ => "451 4.2.1 later" };
        await using var host = await StartAsync(provider, sink, module => Fake(module, clock, new SampleReports()));
        clock.Shift(TimeSpan.FromDays(400), host);
        await EnqueueAsync(host, Post, [new("a@example.net")]);
        await StateAsync(host, "a@example.net", r => r is { State: RecipientState.Pending, Attempts: 1 });
        clock.Shift(TimeSpan.FromDays(-400), host);
        await StateAsync(host, "a@example.net", r => r.Attempts == 2);
    }

    [Fact]
    public async Task What_a_failure_says_about_the_address_is_reported()
    {
        await using var sink = new MailSink
        {
            OnRecipient = address => address[0] switch
            {
                'a' => "550 5.1.1 no such user",
                'b' => "550 5.7.1 blocked",
                'c' => "552 5.2.2 full",
                'd' => "550 who",
                'e' => "554 spam",
                _ => "250 ok",
            },
        };
        var reports = new SampleReports();
        await using var host = await StartAsync(DatabaseProvider.SQLite, sink, module => module.Services.AddSingleton<IDeliveryReportReceiver>(reports));
        await EnqueueAsync(host, Post, [.. "abcdef".Select(c => new MailCopy($"{c}@example.net"))]);
        await DoneAsync(host, 6);
        await Patience.UntilAsync(() => reports.All.Count == 5, Cancellation, "five reports");
        Assert.Equal(
            [("a@example.net", DeliveryOutcome.AddressFailed), ("b@example.net", DeliveryOutcome.PolicyRefused), ("c@example.net", DeliveryOutcome.Expired), ("d@example.net", DeliveryOutcome.AddressFailed), ("e@example.net", DeliveryOutcome.PolicyRefused)],
            reports.All.OrderBy(r => r.Recipient).Select(r => (r.Recipient, r.Outcome)));
    }

    [Fact]
    public async Task A_host_that_is_down_puts_all_its_mail_off_together()
    {
        var port = FreePorts.Next();
        await using var host = await MailHost.StartAsync(DatabaseProvider.SQLite, null, ("Mail:SmartHost", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}")));
        await EnqueueAsync(host, Post, [.. Enumerable.Range(0, 50).Select(i => new MailCopy($"m{i}@example.net"))]);
        await using var db = host.OpenDb();
        await Patience.UntilAsync(
            async () => await db.Set<QueuedRecipient>().CountAsync(r => r.Attempts == 1 && r.State == RecipientState.Pending && r.LastStatus == "4.4.1", Cancellation) == 50,
            Cancellation,
            "all put off");
    }

    [Fact]
    public async Task Eight_bits_and_umlauts_in_the_header_are_said_differently_to_an_old_host()
    {
        const string Umlauts = "From: emil@plenum.test\r\nSubject: Grüße\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSchöne Grüße\r\n";
        await using var sink = new MailSink();
        await using var host = await StartAsync(DatabaseProvider.SQLite, sink);
        await EnqueueAsync(host, Umlauts, [new("new@example.net")]);
        await DoneAsync(host, 1);
        Assert.Contains(" BODY=8BITMIME SMTPUTF8", sink.Mails.Single().MailLine, StringComparison.Ordinal);
        Assert.Contains(Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("Schöne Grüße")), sink.Mails.Single().Content, StringComparison.Ordinal);

        await using var old = new MailSink { Extensions = ["SIZE"] };
        await using var other = await StartAsync(DatabaseProvider.SQLite, old);
        await EnqueueAsync(other, Umlauts, [new("old@example.net")]);
        await DoneAsync(other, 1);
        var mail = old.Mails.Single();
        Assert.True(Ascii.IsValid(mail.Content));
        Assert.DoesNotContain("8BITMIME", mail.MailLine, StringComparison.Ordinal);
        Assert.Contains("=?utf-8?", mail.Content, StringComparison.OrdinalIgnoreCase);
        using var octets = new MemoryStream(Encoding.ASCII.GetBytes(mail.Content));
        using var read = await MimeKit.MimeMessage.LoadAsync(octets, Cancellation);
        Assert.Equal(("Grüße", "Schöne Grüße"), (read.Subject, read.TextBody?.TrimEnd()));
        Assert.Equal([DkimResult.Pass, DkimResult.Pass], await VerifyAsync(other, mail.Content, "lists.plenum.test"));
    }

    [Fact]
    public async Task An_address_beyond_ASCII_is_refused_cleanly_where_the_host_takes_none()
    {
        await using var sink = new MailSink { Extensions = ["PIPELINING", "8BITMIME"] };
        await using var host = await StartAsync(DatabaseProvider.SQLite, sink);
        await EnqueueAsync(host, Post, [new("jürgen@example.net") { ReturnPath = "" }, new("ada@bücher.example") { ReturnPath = "" }]);
        await DoneAsync(host, 2);
        Assert.Equal(["ada@xn--bcher-kva.example"], sink.Mails.Single().Recipients);
        await StateAsync(host, "jürgen@example.net", r => r is { State: RecipientState.Failed, LastStatus: "5.6.7" });
    }

    [Fact]
    public async Task A_line_of_two_thousand_octets_arrives_in_short_ones()
    {
        await using var sink = new MailSink();
        await using var host = await StartAsync(DatabaseProvider.SQLite, sink);
        await EnqueueAsync(host, Post + new string('x', 2_000) + "\r\n", [new("a@example.net")]);
        await DoneAsync(host, 1);
        Assert.All(sink.Mails.Single().Content.Split("\r\n"), line => Assert.InRange(line.Length, 0, 998));
    }

    [Fact]
    public async Task Tls_is_used_where_offered_and_the_clear_where_it_fails()
    {
        await using var sink = new MailSink { Extensions = ["STARTTLS", "PIPELINING"] };
        await using var host = await StartAsync(DatabaseProvider.SQLite, sink);
        await EnqueueAsync(host, Post, [new("a@example.net")]);
        await DoneAsync(host, 1);
        Assert.True(sink.Mails.Single().IsEncrypted);

        await using var broken = new MailSink { Extensions = ["STARTTLS", "PIPELINING"], BreaksTls = true };
        await using var other = await StartAsync(DatabaseProvider.SQLite, broken);
        await EnqueueAsync(other, Post, [new("a@example.net")]);
        await DoneAsync(other, 1);
        Assert.False(broken.Mails.Single().IsEncrypted);
    }

    [Fact]
    public async Task A_smart_host_whose_certificate_is_wrong_gets_nothing_where_TLS_is_required()
    {
        await using var sink = new MailSink { Extensions = ["STARTTLS", "PIPELINING"] };
        await using var host = await StartAsync(DatabaseProvider.SQLite, sink, ("Mail:SmartHostTls", "StartTls"));
        await EnqueueAsync(host, Post, [new("a@example.net")]);
        await StateAsync(host, "a@example.net", r => r is { State: RecipientState.Pending, Attempts: 1 } && r.LastDiagnostic.Contains("certificate", StringComparison.Ordinal));
        Assert.Empty(sink.Mails);
    }

    [Fact]
    public async Task The_smart_host_is_signed_in_to()
    {
        await using var sink = new MailSink { Extensions = ["AUTH PLAIN", "PIPELINING"], Login = "AUTH PLAIN " + Convert.ToBase64String("\0me\0secret"u8) };
        await using var host = await StartAsync(DatabaseProvider.SQLite, sink, ("Mail:SmartHostLogin", "me"), ("Mail:SmartHostPassword", "secret"));
        await EnqueueAsync(host, Post, [new("a@example.net")]);
        await DoneAsync(host, 1);
        Assert.Single(sink.Mails);
    }

    [Theory, OnBothDatabases]
    public async Task A_copy_for_a_board_of_ours_arrives_exactly_once(DatabaseProvider provider)
    {
        await using var host = await MailHost.StartAsync(provider);
        await EnqueueAsync(host, Post, [new("open@lists.plenum.test"), new("nothing@lists.plenum.test"), new("late@lists.plenum.test")]);
        await DoneAsync(host, 3);
        await StateAsync(host, "open@lists.plenum.test", r => r is { State: RecipientState.Delivered, Attempts: 1 });
        await StateAsync(host, "nothing@lists.plenum.test", r => r is { State: RecipientState.Failed, LastStatus: "5.1.1" });
        await StateAsync(host, "late@lists.plenum.test", r => r is { State: RecipientState.Failed, LastStatus: "5.7.1" });
        var mail = host.Boards.Received.Single(m => m.Recipients[0].ClaimKey == "open");
        Assert.Equal(MailOrigin.Local, mail.Origin);
        Assert.StartsWith($"Return-Path: <{mail.ReversePath}>\r\nReceived: from localhost\r\n\tby mx.plenum.test", await host.TextAsync(mail.Blob), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suppressed_address_gets_nothing_from_modules()
    {
        await using var sink = new MailSink();
        await using var host = await StartAsync(DatabaseProvider.SQLite, sink);
        await using (var db = host.OpenDb())
        {
            db.Add(new SuppressedAddress { Address = "no@example.net", Since = DateTime.UtcNow, Reason = "asked" });
            await db.SaveChangesAsync(Cancellation);
        }

        await EnqueueAsync(host, Post, [new("No@example.net"), new("yes@example.net")]);
        await DoneAsync(host, 2);
        Assert.Equal(["yes@example.net"], sink.Mails.Single().Recipients);
        await StateAsync(host, "No@example.net", r => r.State is RecipientState.Dropped);
    }

    [Fact]
    public async Task Forwarded_mail_is_sealed_and_forged_results_of_ours_are_gone()
    {
        await using var sink = new MailSink();
        await using var host = await StartAsync(DatabaseProvider.SQLite, sink);
        var chain = new ReceivedChain("mx.plenum.test; spf=pass smtp.mailfrom=x@example.org", AuthenticationResult.None, 0);
        await EnqueueAsync(host, "Authentication-Results: mx.plenum.test; dkim=pass\r\nAuthentication-Results: other.example; dkim=pass\r\nReturn-Path: <x@example.org>\r\n" + Post, [new("a@example.net")], chain);
        await DoneAsync(host, 1);
        var content = sink.Mails.Single().Content;
        Assert.Contains("\r\nARC-Authentication-Results: i=1; mx.plenum.test; spf=pass smtp.mailfrom=x@example.org\r\n", content, StringComparison.Ordinal);
        Assert.DoesNotContain("\r\nAuthentication-Results: mx.plenum.test", content, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthentication-Results: other.example", content, StringComparison.Ordinal);
        Assert.DoesNotContain("Return-Path", content, StringComparison.Ordinal);
        var verdict = await new Plenum.Protocols.Mail.Arc.ArcValidator(await ZoneAsync(host, "lists.plenum.test")).ValidateAsync(Encoding.Latin1.GetBytes(content), Cancellation);
        Assert.Equal(Plenum.Protocols.Mail.Arc.ArcStatus.Pass, verdict.Status);
    }

    private static void Fake(ModuleBuilder module, TimeProvider clock, SampleReports reports)
    {
        module.Services.AddSingleton(clock);
        module.Services.AddSingleton<IDeliveryReportReceiver>(reports);
    }

    internal static Task<MailHost> StartAsync(DatabaseProvider provider, MailSink sink, params (string Key, string Value)[] settings)
        => MailHost.StartAsync(provider, null, [("Mail:SmartHost", sink.Address), .. settings]);

    private static Task<MailHost> StartAsync(DatabaseProvider provider, MailSink sink, Action<ModuleBuilder> register)
        => MailHost.StartAsync(provider, register, ("Mail:SmartHost", sink.Address));

    internal static async Task<MailMessageId> EnqueueAsync(MailHost host, string content, IReadOnlyList<MailCopy> copies, ReceivedChain? chain = null)
    {
        await using var scope = host.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenumDb>();
        using var octets = new MemoryStream(Encoding.UTF8.GetBytes(content));
        var blob = await host.Services.GetRequiredService<Blobs>().PutAsync(db, octets, "tests", Guid.NewGuid().ToString("N"), long.MaxValue, Cancellation);
        await db.SaveChangesAsync(Cancellation);
        return await host.EnqueueAsync(new MailCopies { Source = "tests", Blob = blob.Hash.Hex, Domain = "lists.plenum.test", Copies = copies, Chain = chain });
    }

    internal static Task DoneAsync(MailHost host, int count) => Patience.UntilAsync(
        async () =>
        {
            await using var db = host.OpenDb();
            return await db.Set<QueuedRecipient>().CountAsync(r => r.FinishedAt != null, Cancellation) == count;
        },
        Cancellation,
        $"{count} copies are done");

    internal static async Task<QueuedRecipient> StateAsync(MailHost host, string address, Func<QueuedRecipient, bool> condition)
    {
        QueuedRecipient row = null!;
        await Patience.UntilAsync(
            async () =>
            {
                await using var db = host.OpenDb();
                row = await db.Set<QueuedRecipient>().AsNoTracking().SingleAsync(r => r.Address == address, Cancellation);
                return condition(row);
            },
            Cancellation,
            $"the state of {address}");
        return row;
    }

    private static async Task<DateTimeOffset> CreatedAsync(MailHost host)
    {
        await using var db = host.OpenDb();
        return await db.Set<QueuedMessage>().Select(m => m.CreatedAt).SingleAsync(Cancellation);
    }

    private static async Task<DnsTable> ZoneAsync(MailHost host, string domain)
    {
        await using var db = host.OpenDb();
        var zone = new DnsTable();
        foreach (var key in await db.Set<SigningKey>().Where(k => k.Domain == domain).ToListAsync(Cancellation))
        {
            zone.AddTxt($"{key.Selector}._domainkey.{domain}", key.DnsRecord);
        }

        return zone;
    }

    private static async Task<IEnumerable<DkimResult>> VerifyAsync(MailHost host, string content, string domain)
        => (await new DkimVerifier(await ZoneAsync(host, domain)).VerifyAsync(Encoding.Latin1.GetBytes(content), Cancellation)).Select(v => v.Result);
}
