using System.Text;
using CsCheck;
using MimeKit;
using Plenum.Protocols.Mail.Dsn;
using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Tests.Mail.Dsn;

public sealed class DsnMessageTests
{
    private const string Original = "From: Bob <bob@plenum.test>\r\nTo: ada@example.net\r\nSubject: Hello\r\nMessage-ID: <1@plenum.test>\r\n\r\nHello Ada\r\n--report-\r\n";

    private static readonly ReportHeader Header = new()
    {
        From = "mailer-daemon@plenum.test",
        FromName = "Zustelldienst für Plenum",
        To = "bob@plenum.test",
        Subject = "Nicht zugestellt: Grüße aus München, die nirgends angekommen sind, weil es das Postfach nicht gibt",
        Date = new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero),
        MessageId = "dsn-1@plenum.test",
        InReplyTo = "1@plenum.test",
        Language = "de",
    };

    private static readonly DeliveryStatus Status = new()
    {
        ReportingMta = TypedText.Dns("mx.plenum.test"),
        Recipients =
        [
            new RecipientStatus
            {
                FinalRecipient = TypedText.Address("ada@example.net"),
                Action = DsnAction.Failed,
                Status = new EnhancedStatusCode(5, 1, 1),
                RemoteMta = TypedText.Dns("mx.example.net"),
                DiagnosticCode = TypedText.Smtp("550 5.1.1 no such user"),
            },
        ],
    };

    [Fact]
    public void A_mail_program_shows_text_report_and_message()
    {
        var mail = Load(DsnWriter.Write(Header, new DsnMessage
        {
            Text = "Ihre Mail an ada@example.net ist nicht angekommen.\nDas Postfach gibt es nicht, schöne Grüße.\n",
            Status = Status,
            Returned = ReturnedContent.Message,
            Original = Encoding.ASCII.GetBytes(Original),
        }));

        Assert.Equal(Header.Subject, mail.Subject);
        Assert.Equal(Header.FromName, mail.From[0].Name);
        Assert.Equal("auto-replied", mail.Headers[HeaderId.AutoSubmitted]);
        Assert.Equal((Header.MessageId, Header.InReplyTo), (mail.MessageId, mail.InReplyTo));
        var report = Assert.IsType<MimeKit.MultipartReport>(mail.Body);
        Assert.Equal("delivery-status", report.ReportType);
        Assert.Contains("schöne Grüße", Assert.IsType<TextPart>(report[0]).Text, StringComparison.Ordinal);
        Assert.Equal("de", report[0].Headers["Content-Language"]);
        Assert.Equal("rfc822; ada@example.net", Assert.IsType<MessageDeliveryStatus>(report[1]).StatusGroups[1]["Final-Recipient"]);
        Assert.Equal("Hello Ada\r\n--report-\r\n", Assert.IsType<TextPart>(Assert.IsType<MessagePart>(report[2]).Message!.Body).Text.ReplaceLineEndings("\r\n"));
    }

    [Fact]
    public void Only_the_header_goes_back_when_that_is_wanted()
    {
        var mail = DsnWriter.Write(Header, new DsnMessage { Text = "x", Status = Status, Returned = ReturnedContent.Headers, Original = Encoding.ASCII.GetBytes(Original) });
        Assert.DoesNotContain("Hello Ada", Encoding.UTF8.GetString(mail), StringComparison.Ordinal);
        Assert.True(DsnReader.TryRead(mail, out var again));
        Assert.Equal(ReturnedContent.Headers, again.Returned);
        Assert.StartsWith("From: Bob <bob@plenum.test>", Encoding.UTF8.GetString(again.Original.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void Unicode_addresses_and_headers_use_the_global_forms()
    {
        var mail = DsnWriter.Write(Header, new DsnMessage
        {
            Text = "x",
            Status = Status with { Recipients = [Status.Recipients[0] with { FinalRecipient = TypedText.Address("dörte@example.net") }] },
            Returned = ReturnedContent.Headers,
            Original = Encoding.UTF8.GetBytes("To: dörte@example.net\r\n\r\nx"),
        });
        var text = Encoding.UTF8.GetString(mail);
        Assert.Contains("Content-Type: message/global-delivery-status\r\n", text, StringComparison.Ordinal);
        Assert.Contains("Content-Type: message/global-headers\r\n", text, StringComparison.Ordinal);
        Assert.Contains("Final-Recipient: utf-8; dörte@example.net\r\n", text, StringComparison.Ordinal);
        Assert.True(DsnReader.TryRead(mail, out var again));
        Assert.Equal("dörte@example.net", again.Status.Recipients[0].FinalRecipient!.Text);
    }

    [Fact]
    public void Line_breaks_in_what_the_caller_gives_open_no_header_field()
    {
        var mail = Encoding.UTF8.GetString(DsnWriter.Write(
            Header with { Subject = "a\r\nBcc: eve@example.net", FromName = "b\nBcc: eve@example.net", MessageId = "1\r\nBcc: eve@example.net" },
            new DsnMessage { Text = "x", Status = Status }));
        Assert.DoesNotContain("\nBcc:", mail, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => DsnWriter.Write(Header with { To = "nobody" }, new DsnMessage { Text = "x", Status = Status }));
        Assert.Throws<ArgumentException>(() => DsnWriter.Write(Header with { To = "a@b>\r\nBcc: c@d" }, new DsnMessage { Text = "x", Status = Status }));
    }

    [Fact]
    public void A_report_about_a_report_of_ours_is_read_as_itself()
    {
        var first = DsnWriter.Write(Header, new DsnMessage { Text = "first", Status = Status, Returned = ReturnedContent.Message, Original = Encoding.ASCII.GetBytes(Original) });
        var second = DsnWriter.Write(Header, new DsnMessage { Text = "second", Status = Status, Returned = ReturnedContent.Message, Original = first });
        Assert.True(DsnReader.TryRead(second, out var outer));
        Assert.Equal("second", outer.Text.Trim());
        Assert.True(DsnReader.TryRead(outer.Original, out var inner));
        Assert.Equal("first", inner.Text.Trim());
    }

    [Fact]
    public void Other_mail_is_no_report()
    {
        Assert.False(DsnReader.TryRead(Encoding.ASCII.GetBytes(Original), out _));
        Assert.False(DsnReader.TryRead(default, out _));
    }

    [Fact]
    public void Text_survives_writing_and_reading() => Gen.String[Gen.Char["ab c=.\nä€\t-"], 0, 2500].Sample(text =>
    {
        var mail = DsnWriter.Write(Header, new DsnMessage { Text = text, Status = Status });
        return DsnReader.TryRead(mail, out var again) && again.Text == text
            && Encoding.UTF8.GetString(mail).Split("\r\n").All(line => line.Length <= 998 && !line.Contains('\n', StringComparison.Ordinal));
    });

    private static MimeMessage Load(byte[] mail) => MimeMessage.Load(new MemoryStream(mail));
}
