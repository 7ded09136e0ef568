using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Data;
using Plenum.Mail.Domain;
using Plenum.Protocols.Mail.Dsn;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Mail.Sending;

/// <summary>What comes back to the return paths of our copies.</summary>
public sealed class BounceTests
{
    private const string Post = "From: Emil <emil@plenum.test>\r\nTo: open@lists.plenum.test\r\nSubject: Post\r\nMessage-ID: <1@plenum.test>\r\n\r\nHallo\r\n";

    private static CancellationToken Cancellation => MailHost.Cancellation;

    [Theory, OnBothDatabases]
    public async Task A_bounce_is_told_to_whom_the_return_path_names(DatabaseProvider provider)
    {
        await using var sink = new MailSink();
        var reports = new SampleReports();
        await using var host = await StartAsync(provider, sink, reports);
        await DeliveryTests.EnqueueAsync(host, Post, [new("a@example.net") { Reference = "s1" }, new("b@example.net") { Reference = "s2" }]);
        await DeliveryTests.DoneAsync(host, 2);

        // It came back from a host behind, which names another address.
        await ReturnAsync(host, sink.Mails.Single(m => m.Recipients[0] == "b@example.net").From, Dsn("someone-else@example.com", new(5, 1, 1), DsnAction.Failed));
        await Patience.UntilAsync(() => reports.All.Count == 1, Cancellation, "the report");
        Assert.Equal(("b@example.net", "s2", DeliveryOutcome.AddressFailed, "5.1.1"), (reports.All[0].Recipient, reports.All[0].CopyReference, reports.All[0].Outcome, reports.All[0].Status));
    }

    [Fact]
    public async Task A_warning_and_a_holiday_note_count_nothing()
    {
        await using var sink = new MailSink();
        var reports = new SampleReports();
        await using var host = await StartAsync(DatabaseProvider.SQLite, sink, reports);
        await DeliveryTests.EnqueueAsync(host, Post, [new("a@example.net")]);
        await DeliveryTests.DoneAsync(host, 1);
        var path = sink.Mails.Single().From;
        await ReturnAsync(host, path, Dsn("a@example.net", new(4, 4, 1), DsnAction.Delayed));
        await ReturnAsync(host, path, Encoding.ASCII.GetBytes("From: a@example.net\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.\r\n"));
        await ReturnAsync(host, path, Dsn("a@example.net", new(5, 7, 1), DsnAction.Failed));
        await Patience.UntilAsync(() => reports.All.Count >= 1, Cancellation, "the report");
        Assert.Equal([DeliveryOutcome.PolicyRefused], reports.All.Select(r => r.Outcome));
    }

    [Fact]
    public async Task A_complaint_is_told_and_the_address_left_alone_from_then_on()
    {
        await using var sink = new MailSink();
        var reports = new SampleReports();
        await using var host = await StartAsync(DatabaseProvider.SQLite, sink, reports);
        await DeliveryTests.EnqueueAsync(host, Post, [new("a@example.net")]);
        await DeliveryTests.DoneAsync(host, 1);
        var complaint = "From: feedback@example.net\r\nSubject: complaint\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\n\r\nSpam!\r\n"
            + "--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1\r\nOriginal-Rcpt-To: a@example.net\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n" + Post + "\r\n--b--\r\n";
        await ReturnAsync(host, sink.Mails.Single().From, Encoding.ASCII.GetBytes(complaint));
        await Patience.UntilAsync(() => reports.All.Count == 1, Cancellation, "the report");
        Assert.Equal(DeliveryOutcome.Complaint, reports.All[0].Outcome);
        await DeliveryTests.EnqueueAsync(host, Post, [new("A@example.net") { Reference = "again" }]);
        await Patience.UntilAsync(() => reports.All.Count == 2, Cancellation, "the second report");
        Assert.Equal(DeliveryOutcome.Dropped, reports.All[1].Outcome);
        Assert.Single(sink.Mails);
    }

    [Fact]
    public async Task What_was_read_leaves_no_reference()
    {
        await using var sink = new MailSink();
        var reports = new SampleReports();
        await using var host = await StartAsync(DatabaseProvider.SQLite, sink, reports);
        await DeliveryTests.EnqueueAsync(host, Post, [new("a@example.net")]);
        await DeliveryTests.DoneAsync(host, 1);
        await ReturnAsync(host, sink.Mails.Single().From, Dsn("a@example.net", new(5, 1, 1), DsnAction.Failed));
        await Patience.UntilAsync(() => reports.All.Count == 1, Cancellation, "the report");
        await using var db = host.OpenDb();
        Assert.Equal(0, await db.Database.SqlQuery<int>($"SELECT CAST(COUNT(*) AS INTEGER) AS \"Value\" FROM kernel_blob_reference WHERE key LIKE 'bounce:%'").SingleAsync(Cancellation));
        Assert.Equal(RecipientState.Failed, (await db.Set<QueuedRecipient>().SingleAsync(Cancellation)).State);
    }

    private static Task<MailHost> StartAsync(DatabaseProvider provider, MailSink sink, SampleReports reports)
        => MailHost.StartAsync(provider, module => module.Services.AddSingleton<IDeliveryReportReceiver>(reports), ("Mail:SmartHost", sink.Address));

    private static byte[] Dsn(string recipient, EnhancedStatusCode status, DsnAction action) => DsnWriter.Write(
        new() { From = "mailer-daemon@example.com", To = "x@lists.plenum.test", Subject = "Undelivered", Date = DateTimeOffset.UtcNow, MessageId = Guid.NewGuid() + "@example.com" },
        new()
        {
            Text = "It did not work.",
            Status = new()
            {
                ReportingMta = TypedText.Dns("mx.example.com"),
                Recipients = [new() { FinalRecipient = TypedText.Address(recipient), Action = action, Status = status, DiagnosticCode = TypedText.Smtp($"{(status.Class * 100) + 50} {status} no") }],
            },
        });

    private static async Task ReturnAsync(MailHost host, string path, byte[] bounce)
    {
        using var raw = await RawSmtp.ConnectAsync(host.RelayPort);
        await raw.BeginAsync(from: "", to: path);
        Assert.StartsWith("250", await raw.SendAsync([.. Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bounce).Replace("\r\n.", "\r\n..", StringComparison.Ordinal)), .. "\r\n.\r\n"u8]), StringComparison.Ordinal);
    }
}
