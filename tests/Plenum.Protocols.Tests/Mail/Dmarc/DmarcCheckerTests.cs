using System.Text;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dmarc;
using Plenum.Protocols.Mail.Dns;
using Plenum.Protocols.Mail.Spf;

namespace Plenum.Protocols.Tests.Mail.Dmarc;

public sealed class DmarcCheckerTests
{
    private static readonly PublicSuffixList Suffixes = PublicSuffixList.Load(new StringReader("com\norg\nuk\nco.uk\n"));

    [Theory]
    [InlineData("p=reject", "example.com", "pass", "example.com", "", "", DmarcResult.Pass)]
    [InlineData("p=reject", "example.com", "pass", "mail.example.com", "", "", DmarcResult.Pass)]
    [InlineData("p=reject; adkim=s", "example.com", "pass", "mail.example.com", "", "", DmarcResult.Fail)]
    [InlineData("p=reject", "example.com", "pass", "example.org", "", "", DmarcResult.Fail)]
    [InlineData("p=reject", "example.com", "pass", "com", "", "", DmarcResult.Fail)]
    [InlineData("p=reject", "example.com", "fail", "example.com", "pass", "bounce.example.com", DmarcResult.Pass)]
    [InlineData("p=reject; aspf=s", "example.com", "", "", "pass", "bounce.example.com", DmarcResult.Fail)]
    [InlineData("p=reject", "example.com", "", "", "softfail", "example.com", DmarcResult.Fail)]
    [InlineData("p=reject", "example.com", "temperror", "example.com", "", "", DmarcResult.TempError)]
    [InlineData("p=reject", "example.com", "temperror", "example.org", "", "", DmarcResult.Fail)]
    [InlineData("p=reject", "example.com", "", "", "temperror", "example.com", DmarcResult.TempError)]
    public async Task Alignment_decides(string tags, string from, string dkim, string dkimDomain, string spf, string spfDomain, DmarcResult expected)
    {
        var zone = new DnsTable().AddTxt("_dmarc.example.com", $"v=DMARC1; {tags}");
        foreach (var suffixes in new[] { Suffixes, null }) // Both ways to find the organizational domain agree here.
        {
            var verdict = await new DmarcChecker(zone, suffixes).CheckAsync(from, Spf(spf, spfDomain), Dkim(dkim, dkimDomain), TestContext.Current.CancellationToken);
            Assert.Equal(expected, verdict.Result);
            Assert.Equal(expected is DmarcResult.Fail ? DmarcPolicy.Reject : DmarcPolicy.None, verdict.Disposition);
        }
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject; sp=quarantine", "example.co.uk", DmarcPolicy.Reject)]
    [InlineData("v=DMARC1; p=reject; sp=quarantine", "a.b.example.co.uk", DmarcPolicy.Quarantine)]
    [InlineData("v=DMARC1; p=reject", "a.b.example.co.uk", DmarcPolicy.Reject)]
    [InlineData("v=DMARC1; p=none; np=reject", "gone.example.co.uk", DmarcPolicy.Reject)]
    [InlineData("v=DMARC1; p=none; np=reject", "www.example.co.uk", DmarcPolicy.None)]
    [InlineData("v=DMARC1; p=quarantine; t=y", "example.co.uk", DmarcPolicy.None)]
    public async Task The_policy_of_the_organization_covers_its_subdomains(string record, string from, DmarcPolicy expected)
    {
        var zone = new DnsTable().AddTxt("_dmarc.example.co.uk", record).AddA("www.example.co.uk", "192.0.2.1");
        var verdict = await new DmarcChecker(zone, Suffixes).CheckAsync(from, Spf("", ""), [], TestContext.Current.CancellationToken);
        Assert.Equal((DmarcResult.Fail, expected, "example.co.uk"), (verdict.Result, verdict.Disposition, verdict.PolicyDomain));
    }

    [Theory]
    [InlineData(49, DmarcPolicy.Reject)]
    [InlineData(50, DmarcPolicy.Quarantine)]
    public async Task Mail_outside_the_percentage_gets_the_next_weaker_policy(int roll, DmarcPolicy expected)
    {
        var zone = new DnsTable().AddTxt("_dmarc.example.com", "v=DMARC1; p=reject; pct=50");
        var verdict = await new DmarcChecker(zone, Suffixes, () => roll).CheckAsync("example.com", Spf("", ""), [], TestContext.Current.CancellationToken);
        Assert.Equal((expected, expected is DmarcPolicy.Quarantine), (verdict.Disposition, verdict.IsSampledOut));
    }

    [Fact]
    public async Task The_tree_walk_stops_at_a_public_suffix_that_says_so()
    {
        // DMARCbis §4.10.2: psd=y makes the name one label below it the organization.
        var zone = new DnsTable()
            .AddTxt("_dmarc.bank", "v=DMARC1; p=reject; psd=y")
            .AddTxt("_dmarc.giant.bank", "v=DMARC1; p=quarantine")
            .AddTxt("_dmarc.mail.giant.bank", "v=DMARC1; p=none; psd=n");
        var checker = new DmarcChecker(zone, suffixes: null);
        Assert.Equal("giant.bank", (await checker.CheckAsync("a.giant.bank", Spf("", ""), [], TestContext.Current.CancellationToken)).PolicyDomain);
        Assert.Equal("mail.giant.bank", (await checker.CheckAsync("a.mail.giant.bank", Spf("", ""), [], TestContext.Current.CancellationToken)).PolicyDomain);
        Assert.Equal("bank", (await checker.CheckAsync("other.bank", Spf("", ""), [], TestContext.Current.CancellationToken)).PolicyDomain);

        // Two banks do not align through their suffix.
        var verdict = await checker.CheckAsync("giant.bank", Spf("pass", "other.bank"), [], TestContext.Current.CancellationToken);
        Assert.Equal(DmarcResult.Fail, verdict.Result);
    }

    [Fact]
    public async Task The_tree_walk_asks_at_most_eight_times()
    {
        var zone = new DnsTable().AddTxt("_dmarc.example.com", "v=DMARC1; p=reject");
        var name = string.Concat(Enumerable.Repeat("a.", 60)) + "example.com";
        var verdict = await new DmarcChecker(zone, suffixes: null).CheckAsync(name, Spf("", ""), [], TestContext.Current.CancellationToken);
        Assert.Equal("example.com", verdict.PolicyDomain);
    }

    [Theory]
    [InlineData("From: Ada <ada@example.com>\r\n", DmarcResult.Fail)]
    [InlineData("Subject: none\r\n", DmarcResult.PermError)]
    [InlineData("From: a@example.com\r\nFrom: b@example.org\r\n", DmarcResult.PermError)]
    [InlineData("From: undisclosed:;\r\n", DmarcResult.PermError)]
    [InlineData("From: a@example.org, b@example.com\r\n", DmarcResult.Fail)]
    public async Task The_From_field_must_name_whom_to_ask(string header, DmarcResult expected)
    {
        var zone = new DnsTable().AddTxt("_dmarc.example.com", "v=DMARC1; p=reject");
        var verdict = await new DmarcChecker(zone, Suffixes).CheckAsync(
            HeaderBlock.Parse(Encoding.ASCII.GetBytes(header)), Spf("", ""), [], TestContext.Current.CancellationToken);
        Assert.Equal(expected, verdict.Result);
    }

    [Fact]
    public async Task A_silent_name_server_is_a_temporary_error()
    {
        var zone = new DnsTable().FailTemporarily("_dmarc.example.com");
        Assert.Equal(DmarcResult.TempError, (await new DmarcChecker(zone, Suffixes).CheckAsync("example.com", Spf("", ""), [], TestContext.Current.CancellationToken)).Result);
        Assert.Equal(DmarcResult.None, (await new DmarcChecker(zone, Suffixes).CheckAsync("example.org", Spf("", ""), [], TestContext.Current.CancellationToken)).Result);
    }

    [Theory]
    [InlineData("v=DMARC1; p=reject; rua=mailto:a@example.com!10m,https://x.example/", DmarcPolicy.Reject, 2)]
    [InlineData("v=DMARC1;p=NONE", DmarcPolicy.None, 0)]
    [InlineData("v=DMARC1; rua=mailto:a@example.com", DmarcPolicy.None, 1)]
    [InlineData("v=DMARC1; p=block; rua=mailto:a@example.com", DmarcPolicy.None, 1)]
    [InlineData("v=DMARC1; p=reject; sp=block; rua=mailto:a@example.com", DmarcPolicy.None, 1)]
    public void Records_are_read(string text, DmarcPolicy policy, int reports)
    {
        Assert.True(DmarcRecord.TryParse(text, out var record));
        Assert.Equal((policy, reports), (record.Policy, record.AggregateReports.Count));
    }

    [Theory]
    [InlineData("p=reject; v=DMARC1")]
    [InlineData("v=DMARC2; p=reject")]
    [InlineData("v=DMARC1")]
    [InlineData("v=DMARC1; p=block")]
    [InlineData("v=spf1 -all")]
    public void What_is_no_record_is_refused(string text) => Assert.False(DmarcRecord.TryParse(text, out _));

    [Fact]
    public void A_report_address_has_a_size()
    {
        Assert.True(DmarcRecord.TryParse("v=DMARC1; p=none; rua=mailto:dmarc@example.com!10m", out var record));
        Assert.Equal(("dmarc@example.com", 10L << 20), (record.AggregateReports[0].MailAddress, record.AggregateReports[0].MaxOctets));
    }

    [Fact]
    public async Task A_foreign_domain_must_want_the_reports()
    {
        var zone = new DnsTable().AddTxt("example.com._report._dmarc.reports.org", "v=DMARC1");
        Assert.True(DmarcRecord.TryParse("v=DMARC1; p=none; rua=mailto:a@reports.org,mailto:a@victim.org,mailto:a@x.example.com", out var record));
        var accepted = new List<bool>();
        foreach (var uri in record.AggregateReports)
        {
            accepted.Add(await DmarcReportDestination.AcceptsAsync("example.com", uri, Suffixes, zone, TestContext.Current.CancellationToken));
        }

        Assert.Equal([true, false, true], accepted);
    }

    private static SpfVerdict Spf(string result, string domain)
        => new(Enum.TryParse<SpfResult>(result, ignoreCase: true, out var parsed) ? parsed : SpfResult.None, SpfIdentity.MailFrom, domain);

    private static DkimVerdict[] Dkim(string result, string domain)
        => result.Length == 0 ? [] : [new DkimVerdict(Enum.Parse<DkimResult>(result, ignoreCase: true), DkimProblem.None, new DkimSignature
        {
            Algorithm = DkimAlgorithm.RsaSha256, Signature = new byte[1], BodyHash = new byte[32], Domain = domain, Selector = "s", SignedFields = ["From"],
        })];
}
