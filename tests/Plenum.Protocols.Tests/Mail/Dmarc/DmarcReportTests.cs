using System.IO.Compression;
using System.Net;
using System.Text;
using CsCheck;
using Plenum.Protocols.Mail.Dmarc;
using Plenum.Testing;

namespace Plenum.Protocols.Tests.Mail.Dmarc;

public sealed class DmarcReportTests
{
    private static readonly DmarcReport Report = new()
    {
        OrgName = "Plenum <&>",
        Email = "dmarc@example.org",
        ExtraContact = "https://example.org/",
        ReportId = "42",
        Generator = "Plenum/1",
        Begin = DateTimeOffset.FromUnixTimeSeconds(1_700_000_000),
        End = DateTimeOffset.FromUnixTimeSeconds(1_700_086_400),
        Errors = ["no answer"],
        Domain = "example.net",
        DkimAlignment = "r",
        SpfAlignment = "s",
        Policy = DmarcPolicy.Reject,
        SubdomainPolicy = DmarcPolicy.Quarantine,
        NonexistentPolicy = DmarcPolicy.Reject,
        Percent = 50,
        IsTesting = true,
        DiscoveryMethod = "treewalk",
        FailureOptions = "1",
        Rows =
        [
            new DmarcReportRow
            {
                SourceAddress = IPAddress.Parse("2001:db8::1"),
                Count = 7,
                Disposition = DmarcPolicy.Quarantine,
                IsDkimAligned = false,
                IsSpfAligned = true,
                Overrides = [new DmarcOverride("mailing_list", "a list")],
                HeaderFrom = "example.net",
                EnvelopeFrom = "bounce.example.net",
                EnvelopeTo = "example.org",
                Dkim = [new DmarcReportAuth("example.net", "fail", "s1")],
                Spf = [new DmarcReportAuth("bounce.example.net", "pass", Scope: "mfrom") { HumanResult = "fine" }],
            },
        ],
    };

    [Fact]
    public void What_is_written_is_read_again()
    {
        Assert.True(DmarcReportReader.TryRead(DmarcReportWriter.WriteXml(Report), out var again));
        Assert.Equivalent(Report, again, strict: true);
        Assert.True(DmarcReportReader.TryRead(DmarcReportWriter.WriteGzip(Report), out again));
        Assert.Equivalent(Report, again, strict: true);
        Assert.Equal(7, again!.MessageCount);
        Assert.Equal("example.org!example.net!1700000000!1700086400.xml.gz", DmarcReportWriter.FileName(Report, "example.org"));
    }

    /// <summary>The shape of the standard that follows RFC 7489: a namespace, no pct, an extension, the disposition "pass".</summary>
    [Fact]
    public void A_report_of_RFC_9990_is_read()
    {
        Assert.True(DmarcReportReader.TryRead(Encoding.UTF8.GetBytes("""
            <feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">
              <version>1.0</version>
              <report_metadata>
                <org_name>Sample Reporter</org_name><email>report_sender@example-reporter.com</email><report_id>3v98abbp8ya9n3va8yr8oa3ya</report_id>
                <date_range><begin>302832000</begin><end>302918399</end></date_range><generator>Example DMARC Aggregate Reporter v1.2</generator>
              </report_metadata>
              <policy_published><domain>example.com</domain><p>quarantine</p><sp>none</sp><np>none</np><testing>n</testing><discovery_method>treewalk</discovery_method></policy_published>
              <record>
                <row><source_ip>192.0.2.123</source_ip><count>123</count><policy_evaluated><disposition>pass</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row>
                <identifiers><envelope_from>example.com</envelope_from><header_from>example.com</header_from></identifiers>
                <auth_results><dkim><domain>example.com</domain><result>pass</result><selector>abc123</selector></dkim><spf><domain>example.com</domain><result>fail</result></spf></auth_results>
              </record>
              <extension><x xmlns="urn:x"/></extension>
            </feedback>
            """), out var report));
        Assert.Equal((DmarcPolicy.Quarantine, DmarcPolicy.None, DmarcPolicy.None), (report!.Policy, report.SubdomainPolicy, report.NonexistentPolicy));
        Assert.Equal(("treewalk", false, "Example DMARC Aggregate Reporter v1.2"), (report.DiscoveryMethod, report.IsTesting, report.Generator));
        var row = Assert.Single(report.Rows);
        Assert.Equal((123, DmarcPolicy.None, true, false), (row.Count, row.Disposition, row.IsDkimAligned, row.IsSpfAligned));
    }

    [Fact]
    public void A_zip_is_read()
    {
        var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("report.xml").Open();
            entry.Write(DmarcReportWriter.WriteXml(Report));
        }

        Assert.True(DmarcReportReader.TryRead(packed.ToArray(), out var again));
        Assert.Equal("42", again!.ReportId);
    }

    [Fact]
    public void Bombs_are_refused()
    {
        var zeros = new byte[1024 * 1024];
        var gzipped = new MemoryStream();
        using (var gzip = new GZipStream(gzipped, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (var i = 0; i < 70; i++)
            {
                gzip.Write(zeros);
            }
        }

        var zipped = new MemoryStream();
        using (var zip = new ZipArchive(zipped, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("bomb.xml", CompressionLevel.Fastest).Open();
            for (var i = 0; i < 70; i++)
            {
                entry.Write(zeros);
            }
        }

        Assert.False(DmarcReportReader.TryRead(gzipped.ToArray(), out _));
        Assert.False(DmarcReportReader.TryRead(zipped.ToArray(), out _));
        Assert.False(DmarcReportReader.TryRead(Encoding.ASCII.GetBytes(
            "<!DOCTYPE f [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><feedback><report_metadata><report_id>&b;</report_id></report_metadata></feedback>"), out _));
        Assert.False(DmarcReportReader.TryRead(Encoding.ASCII.GetBytes("<feedback><record>" + string.Concat(Enumerable.Repeat("<a>", 100_000))), out _));
    }

    [Theory]
    [InlineData("google.eml")]
    [InlineData("mailru.eml")]
    [InlineData("outlook.eml")]
    [InlineData("xs4all.eml")]
    [InlineData("yahoo.eml")]
    public void Real_report_mails_are_read(string name)
    {
        if (SharedData.TryFind($"eml-mox/dmarc-reports/{name}", out var path))
        {
            using var mail = File.OpenRead(path);
            Assert.True(DmarcReportReader.TryReadMail(mail, out var report));
            Assert.NotEmpty(report!.ReportId);
            Assert.True(report.End > report.Begin);
            Assert.All(report.Rows, row => Assert.True(row is { SourceAddress: not null, Count: > 0, HeaderFrom.Length: > 0 }));
            Assert.Equal(report.MessageCount, DmarcReportReader.TryRead(DmarcReportWriter.WriteXml(report), out var again) ? again!.MessageCount : -1);
        }
    }

    [Fact]
    public void Any_change_to_a_report_comes_to_an_end()
    {
        var xml = DmarcReportWriter.WriteXml(Report);
        var gzip = DmarcReportWriter.WriteGzip(Report);
        Gen.Select(Gen.Int[0, 10_000], Gen.Byte).Sample((at, value) =>
        {
            foreach (var original in new[] { xml, gzip })
            {
                var changed = original.ToArray();
                changed[at % changed.Length] = value;
                var isReport = DmarcReportReader.TryRead(changed, out var report);
                Assert.Equal(isReport, report is not null);
            }
        }, iter: 500);
    }
}
