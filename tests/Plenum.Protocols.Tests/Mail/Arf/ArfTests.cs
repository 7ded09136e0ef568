using System.Net;
using System.Text;
using CsCheck;
using Plenum.Protocols.Mail.Arf;
using Plenum.Protocols.Mail.Dsn;
using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Tests.Mail.Arf;

public sealed class ArfTests
{
    private static readonly ReportHeader Header = new()
    {
        From = "complaints@example.net",
        To = "abuse@plenum.test",
        Subject = "FW: Newsletter",
        Date = new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero),
        MessageId = "1@example.net",
        AutoSubmitted = "auto-generated",
    };

    private static readonly Gen<string> Line = Gen.String[Gen.Char["abc d.:;=@-äß"], 1, 120]
        .Select(text => string.Join(' ', text.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Where(text => text.Length > 0);

    private static readonly Gen<string> Word = Gen.String[Gen.Char["abcdefg-"], 1, 20];

    private static readonly Gen<FeedbackReport> Reports = Gen.Select(Word, Line, Word.Array[0, 3], Gen.Byte.Array[0, 300], Gen.UInt, Gen.Bool, (word, line, words, octets, number, isFailure) => new FeedbackReport
    {
        FeedbackType = word,
        UserAgent = line,
        OriginalEnvelopeId = isFailure ? line : null,
        OriginalMailFrom = number % 3 == 0 ? "" : $"{word}@example.org",
        OriginalRcptTo = [.. words.Select(w => w + "@example.net")],
        ArrivalDate = DateTimeOffset.FromUnixTimeSeconds(number),
        ReportingMta = TypedText.Dns(word),
        SourceIp = new IPAddress(number),
        SourcePort = (int)(number % 65536),
        Incidents = number,
        AuthenticationResults = [line],
        ReportedDomains = words,
        ReportedUris = words,
        AuthFailure = !isFailure ? null : new AuthFailure
        {
            Kind = word,
            DeliveryResult = word,
            DkimDomain = word,
            DkimCanonicalizedHeader = octets,
            DkimCanonicalizedBody = octets,
            SpfDns = words,
            IdentityAlignment = line,
        },
        Extensions = [new ReportField("X-Note", line)],
    });

    /// <summary>The example of RFC 5965 §B.2.</summary>
    [Fact]
    public void A_complaint_is_read()
    {
        Assert.True(FeedbackReportReader.TryRead(Encoding.ASCII.GetBytes("""
            Feedback-Type: abuse
            User-Agent: SomeGenerator/1.0
            Version: 1
            Original-Mail-From: <somespammer@example.net>
            Original-Rcpt-To: <user@example.com>
            Received-Date: Thu, 8 Mar 2005 14:00:00 EDT
            Source-IP: 192.0.2.2
            Authentication-Results: mail.example.com;
                           spf=fail smtp.mail=somespammer@example.com
            Reported-Domain: example.net
            Reported-Uri: http://example.net/earn_money.html
            Reported-Uri: mailto:user@example.com
            Removal-Recipient: user@example.com
            """), out var report));
        Assert.Equal(("abuse", "SomeGenerator/1.0", "1"), (report.FeedbackType, report.UserAgent, report.Version));
        Assert.Equal("somespammer@example.net", report.OriginalMailFrom);
        Assert.Equal(["user@example.com"], report.OriginalRcptTo);
        Assert.Equal(new DateTimeOffset(2005, 3, 8, 14, 0, 0, TimeSpan.FromHours(-4)), report.ArrivalDate);
        Assert.Equal(IPAddress.Parse("192.0.2.2"), report.SourceIp);
        Assert.Equal(1, report.Incidents);
        Assert.StartsWith("mail.example.com;", report.AuthenticationResults[0], StringComparison.Ordinal);
        Assert.Equal(2, report.ReportedUris.Count);
        Assert.Equal([new ReportField("Removal-Recipient", "user@example.com")], report.Extensions);
        Assert.Null(report.AuthFailure);
    }

    [Fact]
    public void An_authentication_failure_is_read()
    {
        Assert.True(FeedbackReportReader.TryRead(Encoding.ASCII.GetBytes("""
            Feedback-Type: auth-failure
            User-Agent: SomeDKIMFilter/1.0
            Version: 1
            Auth-Failure: bodyhash
            Delivery-Result: Reject
            DKIM-Canonicalized-Body: VGhpcyBpcyBhIG1lc3NhZ2UgYm9keSB0
             aGF0IGdvdCBtb2RpZmllZCBpbiB0cmFuc2l0LgOKDQo=
            DKIM-Domain: example.net
            DKIM-Selector: s
            SPF-DNS: txt : example.org : v=spf1 -all
            """), out var report));
        Assert.Equal(("bodyhash", "reject", "example.net"), (report.AuthFailure!.Kind, report.AuthFailure.DeliveryResult, report.AuthFailure.DkimDomain));
        Assert.StartsWith("This is a message body", Encoding.Latin1.GetString(report.AuthFailure.DkimCanonicalizedBody.Span), StringComparison.Ordinal);
        Assert.Equal(["txt : example.org : v=spf1 -all"], report.AuthFailure.SpfDns);
    }

    [Fact]
    public void Without_a_type_it_is_no_complaint()
    {
        Assert.False(FeedbackReportReader.TryRead("User-Agent: x\r\nVersion: 1\r\n"u8, out _));
        Assert.Throws<ArgumentException>(() => FeedbackReportWriter.Write(new FeedbackReport { FeedbackType = "abuse" }));
    }

    [Fact]
    public void What_is_written_is_read_again() => Reports.Sample(report =>
    {
        var written = FeedbackReportWriter.Write(report);
        Assert.True(FeedbackReportReader.TryRead(written, out var again));
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(FeedbackReportWriter.Write(again)));
        Assert.Equal(report.SourceIp, again.SourceIp);
        Assert.Equivalent(report with { SourceIp = null }, again with { SourceIp = null }, strict: true);
    });

    [Fact]
    public void A_complaint_travels_as_a_mail()
    {
        var original = Encoding.ASCII.GetBytes("From: news@plenum.test\r\nList-Id: <news.lists.plenum.test>\r\n\r\nNews\r\n");
        var mail = ArfWriter.Write(Header, new ArfMessage
        {
            Text = "This is spam.\n",
            Report = new FeedbackReport { FeedbackType = "abuse", UserAgent = "Plenum/1", OriginalMailFrom = "news@plenum.test" },
            Original = original,
        });
        Assert.True(ArfReader.TryRead(mail, out var complaint));
        Assert.Equal(("This is spam.", "abuse", ReturnedContent.Message), (complaint.Text.Trim(), complaint.Report.FeedbackType, complaint.Returned));
        Assert.Contains("List-Id: <news.lists.plenum.test>\r\n", Encoding.ASCII.GetString(complaint.Original.Span), StringComparison.Ordinal);
        Assert.False(DsnReader.TryRead(mail, out _));
    }
}
