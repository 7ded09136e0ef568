using System.Text;
using CsCheck;
using Plenum.Protocols.Mail.Dsn;
using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Tests.Mail.Dsn;

public sealed class DeliveryStatusTests
{
    [Fact]
    public void A_report_about_two_recipients_is_read()
    {
        var status = Read("""
            Original-Envelope-Id: QQ314159
            Reporting-MTA: dns; mx.example.org
            X-Queue: 4711
            Arrival-Date: Tue, 24 Nov 2026 10:00:00 +0100

            Original-Recipient: rfc822;ada@example.net
            Final-Recipient: RFC822; ada@forward.example.net
            Action: failed (gone)
            Status: 5.1.1 (bad destination mailbox)
            Remote-MTA: dns; mx.example.net
            Diagnostic-Code: smtp; 550 5.1.1
              <ada@forward.example.net>: no such user
            X-Note: a

            Final-Recipient: rfc822; bob@example.net
            Action: delayed
            Status: 4.4.1
            Will-Retry-Until: Sun, 29 Nov 2026 10:00:00 +0100
            """);

        Assert.Equal("QQ314159", status.OriginalEnvelopeId);
        Assert.Equal(TypedText.Dns("mx.example.org"), status.ReportingMta);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.FromHours(1)), status.ArrivalDate);
        Assert.Equal([new ReportField("X-Queue", "4711")], status.Extensions);
        var (ada, bob) = (status.Recipients[0], status.Recipients[1]);
        Assert.Equal(TypedText.Address("ada@example.net"), ada.OriginalRecipient);
        Assert.Equal(TypedText.Address("ada@forward.example.net"), ada.FinalRecipient);
        Assert.Equal((DsnAction.Failed, new EnhancedStatusCode(5, 1, 1)), (ada.Action, ada.Status));
        Assert.Equal(TypedText.Smtp("550 5.1.1  <ada@forward.example.net>: no such user"), ada.DiagnosticCode);
        Assert.Equal([new ReportField("X-Note", "a")], ada.Extensions);
        Assert.Equal((DsnAction.Delayed, new EnhancedStatusCode(4, 4, 1)), (bob.Action, bob.Status));
        Assert.Equal(29, bob.WillRetryUntil!.Value.Day);
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Every_kind_of_line_end_is_read(string lineEnd)
    {
        var status = Read("Reporting-MTA: dns;a\n\nFinal-Recipient: rfc822;ada@example.net\nAction: failed\nStatus: 5.0.0\n".ReplaceLineEndings(lineEnd));
        Assert.Equal("ada@example.net", status.Recipients[0].FinalRecipient!.Text);
    }

    [Fact]
    public void Missing_empty_lines_between_recipients_do_no_harm()
    {
        var status = Read("""
            Reporting-MTA: dns; mx.example.org
            Final-Recipient: rfc822; ada@example.net
            Action: failed
            Status: 5.1.1
            Final-Recipient: rfc822; bob@example.net
            Action: failed
            Status: 5.2.2
            """);
        Assert.Equal(["ada@example.net", "bob@example.net"], status.Recipients.Select(r => r.FinalRecipient!.Text));
        Assert.Equal(["5.1.1", "5.2.2"], status.Recipients.Select(r => r.Status.ToString()));
    }

    [Fact]
    public void A_part_without_recipient_is_no_report()
    {
        Assert.False(DeliveryStatusReader.TryRead("Reporting-MTA: dns; a\r\n\r\nX-Foo: b\r\n"u8, out _));
        Assert.False(DeliveryStatusReader.TryRead(default, out _));
    }

    [Fact]
    public void Required_fields_are_required()
    {
        var recipient = AnyRecipient.Single();
        Assert.Throws<ArgumentException>(() => DeliveryStatusWriter.Write(new DeliveryStatus { Recipients = [recipient] }));
        Assert.Throws<ArgumentException>(() => DeliveryStatusWriter.Write(new DeliveryStatus { ReportingMta = TypedText.Dns("a"), Recipients = [] }));
        Assert.Throws<ArgumentException>(() => DeliveryStatusWriter.Write(new DeliveryStatus { ReportingMta = TypedText.Dns("a"), Recipients = [recipient with { Action = null }] }));
    }

    [Fact]
    public void A_hostile_diagnostic_opens_no_field()
    {
        var written = DeliveryStatusWriter.Write(new DeliveryStatus
        {
            ReportingMta = TypedText.Dns("mx.example.org"),
            Recipients = [AnyRecipient.Single() with { DiagnosticCode = TypedText.Smtp("550 no\r\n\r\nFinal-Recipient: rfc822; eve@example.net\0" + new string('x', 5000)) }],
        });
        Assert.True(DeliveryStatusReader.TryRead(written, out var status));
        Assert.Single(status.Recipients);
        Assert.All(Encoding.UTF8.GetString(written).Split("\r\n"), line => Assert.True(line.Length <= 998));
    }

    [Fact]
    public void What_is_written_is_read_again() => AnyStatus.Sample(status =>
    {
        var written = DeliveryStatusWriter.Write(status);
        return DeliveryStatusReader.TryRead(written, out var again) && written.AsSpan().SequenceEqual(DeliveryStatusWriter.Write(again))
            && again.Recipients.Zip(status.Recipients).All(pair => pair.First == pair.Second with { Extensions = pair.First.Extensions })
            && again.Recipients.Zip(status.Recipients).All(pair => pair.First.Extensions.SequenceEqual(pair.Second.Extensions))
            && again with { Recipients = [], Extensions = [] } == status with { Recipients = [], Extensions = [] };
    });

    private static readonly Gen<string> AnyWords = Gen.String[Gen.Char["abcdefgh ;.:<>()=/-0123456789äß"], 1, 200]
        .Select(text => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(text => text.Length > 0);

    private static readonly Gen<string> AnyHost = Gen.String[Gen.Char["abc.-"], 1, 40];

    private static readonly Gen<DateTimeOffset?> AnyDate = Gen.Long[-1_000_000_000, 4_000_000_000].Select(seconds => seconds < 0 ? (DateTimeOffset?)null : DateTimeOffset.FromUnixTimeSeconds(seconds));

    private static readonly Gen<RecipientStatus> AnyRecipient = Gen.Select(
        Gen.String[Gen.Char["abcdäöü.@+="], 1, 60], Gen.Enum<DsnAction>(), Gen.Int[0, 999], AnyWords, AnyDate, AnyHost,
        (address, action, detail, diagnostic, date, host) => new RecipientStatus
        {
            OriginalRecipient = detail % 2 == 0 ? TypedText.Address("x" + address) : null,
            FinalRecipient = TypedText.Address(address),
            Action = action,
            Status = new EnhancedStatusCode(action is DsnAction.Failed ? 5 : action is DsnAction.Delayed ? 4 : 2, detail % 8, detail),
            RemoteMta = detail % 3 == 0 ? TypedText.Dns(host) : null,
            DiagnosticCode = TypedText.Smtp(diagnostic),
            LastAttemptDate = date,
            FinalLogId = detail % 5 == 0 ? host : null,
            WillRetryUntil = date,
            Extensions = detail % 7 == 0 ? [new ReportField("X-Note", diagnostic)] : [],
        });

    private static readonly Gen<DeliveryStatus> AnyStatus = Gen.Select(AnyRecipient.Array[1, 5], AnyHost, AnyDate, (recipients, host, date) => new DeliveryStatus
    {
        OriginalEnvelopeId = date is null ? "QQ " + host : null,
        ReportingMta = TypedText.Dns(host),
        ReceivedFromMta = date is null ? TypedText.Dns("b" + host) : null,
        ArrivalDate = date,
        Recipients = recipients,
    });

    private static DeliveryStatus Read(string text)
    {
        Assert.True(DeliveryStatusReader.TryRead(Encoding.UTF8.GetBytes(text), out var status));
        return status;
    }
}
