using System.Text;
using CsCheck;
using Plenum.Protocols.Mail.TlsRpt;
using Plenum.Testing;

namespace Plenum.Protocols.Tests.Mail.TlsRpt;

public sealed class TlsReportTests
{
    private const string Report =
        """
        {
          "organization-name": "Company-X",
          "date-range": { "start-datetime": "2016-04-01T00:00:00Z", "end-datetime": "2016-04-01T23:59:59Z" },
          "contact-info": "sts-reporting@company-x.example",
          "report-id": "5065427c-23d3-47ca-b6e0-946ea0e8c4be",
          "policies": [{
            "policy": { "policy-type": "sts", "policy-string": ["version: STSv1", "mode: testing"], "policy-domain": "company-y.example",
                        "mx-host": ["*.mail.company-y.example"] },
            "summary": { "total-successful-session-count": 5326, "total-failure-session-count": 303 },
            "failure-details": [
              { "result-type": "certificate-expired", "sending-mta-ip": "2001:db8:abcd:0012::1",
                "receiving-mx-hostname": "mx1.mail.company-y.example", "failed-session-count": 100 },
              { "result-type": "validation-failure", "receiving-ip": "198.51.100.58", "failed-session-count": "3",
                "failure-reason-code": "X509_V_ERR_PROXY_PATH_LENGTH_EXCEEDED" }]
          }]
        }
        """;

    [Fact]
    public void A_report_like_the_standards_is_read()
    {
        Assert.True(TlsReportReader.TryRead(Encoding.UTF8.GetBytes(Report), out var report));
        var policy = Assert.Single(report!.Policies);
        Assert.Equal(("Company-X", "sts", "company-y.example"), (report.OrganizationName, policy.Type, policy.Domain));
        Assert.Equal((5326L, 303L, 103L), (policy.Successes, policy.Failures, policy.Details.Sum(d => d.Sessions)));
        Assert.Equal(new DateTimeOffset(2016, 4, 1, 0, 0, 0, TimeSpan.Zero), report.Begin);
        Assert.Equal("certificate-expired", policy.Details[0].ResultType);
    }

    [Theory]
    [InlineData("example.eml")]
    [InlineData("microsoft.eml")]
    public void Real_report_mails_are_read(string name)
    {
        if (SharedData.TryFind($"eml-mox/tlsreports/{name}", out var path))
        {
            using var mail = File.OpenRead(path);
            Assert.True(TlsReportReader.TryReadMail(mail, out var report));
            Assert.NotEmpty(report!.ReportId);
            Assert.All(report.Policies, policy => Assert.NotEmpty(policy.Domain));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"policies\":{}}")]
    [InlineData("{\"policies\":[")]
    [InlineData("{\"organization-name\":\"\\ud800\",\"policies\":[1]}")]
    public void What_is_no_report_is_refused(string json) => Assert.False(TlsReportReader.TryRead(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void A_deep_document_is_refused()
        => Assert.False(TlsReportReader.TryRead(Encoding.ASCII.GetBytes(new string('[', 100_000)), out _));

    [Fact]
    public void Any_change_to_a_report_comes_to_an_end()
        => Gen.Select(Gen.Int[0, Report.Length - 1], Gen.Char).Sample((at, c) =>
        {
            var isReport = TlsReportReader.TryRead(Encoding.UTF8.GetBytes(Report[..at] + c + Report[(at + 1)..]), out var report);
            Assert.Equal(isReport, report is not null);
        }, iter: 500);

    [Theory]
    [InlineData("v=TLSRPTv1;rua=mailto:reports@example.com", 1)]
    [InlineData("v=TLSRPTv1; rua=https://reporting.example.com/v1/tlsrpt,mailto:a@example.com", 2)]
    [InlineData("v=TLSRPTv1; rua=ftp://example.com", 0)]
    [InlineData("v=TLSRPTv1", 0)]
    [InlineData("v=TLSRPTv2; rua=mailto:a@example.com", 0)]
    public void Records_are_read(string text, int destinations)
        => Assert.Equal(destinations, TlsRptRecord.TryParse(text, out var record) ? record.Destinations.Count : 0);
}
