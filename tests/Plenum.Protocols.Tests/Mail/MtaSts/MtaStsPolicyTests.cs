using System.Text;
using CsCheck;
using Plenum.Protocols.Mail.MtaSts;

namespace Plenum.Protocols.Tests.Mail.MtaSts;

public sealed class MtaStsPolicyTests
{
    /// <summary>RFC 8461 §3.2</summary>
    private const string Example = "version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: *.example.net\nmx: backupmx.example.com\nmax_age: 604800\n";

    [Fact]
    public void The_example_of_the_standard_is_read()
    {
        var policy = Parse(Example)!;
        Assert.Equal((MtaStsMode.Enforce, TimeSpan.FromDays(7)), (policy.Mode, policy.MaxAge));
        Assert.Equal(["mail.example.com", "*.example.net", "backupmx.example.com"], policy.MxPatterns);
        Assert.Equal(policy.MxPatterns, Parse(policy.Write())!.MxPatterns);
    }

    [Theory]
    [InlineData("mail.example.com", true)]
    [InlineData("MAIL.example.com.", true)]
    [InlineData("a.example.net", true)]
    [InlineData("a.b.example.net", false)]
    [InlineData("example.net", false)]
    [InlineData(".example.net", false)]
    [InlineData("mail.example.com.evil.org", false)]
    public void Hosts_match_by_whole_labels(string host, bool isAllowed) => Assert.Equal(isAllowed, Parse(Example)!.Allows(host));

    [Fact]
    public void Umlauts_match_their_ascii_form()
        => Assert.True(Parse("version: STSv1\r\nmode: testing\r\nmx: *.münchen.example\r\nmax_age: 0\r\n")!.Allows("mx.xn--mnchen-3ya.example"));

    [Fact]
    public void Testing_never_stops_a_delivery()
    {
        var testing = Parse(Example.Replace("enforce", "testing", StringComparison.Ordinal))!;
        Assert.True(testing.PermitsDelivery("elsewhere.example.org", hasValidCertificate: false));
        var enforced = Parse(Example)!;
        Assert.False(enforced.PermitsDelivery("mail.example.com", hasValidCertificate: false));
        Assert.False(enforced.PermitsDelivery("elsewhere.example.org", hasValidCertificate: true));
        Assert.True(enforced.PermitsDelivery("mail.example.com", hasValidCertificate: true));
    }

    [Theory]
    [InlineData("version: STSv2\nmode: enforce\nmx: a.example\nmax_age: 1")]
    [InlineData("mode: enforce\nmx: a.example\nmax_age: 1")]
    [InlineData("version: STSv1\nmode: strict\nmx: a.example\nmax_age: 1")]
    [InlineData("version: STSv1\nmode: enforce\nmax_age: 1")]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 99999999")]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.example\nmax_age: -1")]
    [InlineData("version: STSv1\nmode: enforce\nmx: *.*.example\nmax_age: 1")]
    [InlineData("version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 1\n<html>")]
    [InlineData("")]
    public void What_is_no_policy_is_refused(string text) => Assert.Null(Parse(text));

    [Fact]
    public void A_policy_above_64_kilobytes_is_refused() => Assert.Null(Parse(Example + "x: " + new string('x', 64 * 1024)));

    [Theory]
    [InlineData("v=STSv1; id=20160831085700Z;", "20160831085700Z")]
    [InlineData("v=STSv1;id=1", "1")]
    [InlineData("v=STSv1; id=", null)]
    [InlineData("id=1; v=STSv1", null)]
    [InlineData("v=STSv1; id=a-b", null)]
    [InlineData("v=STSv1; id=123456789012345678901234567890123", null)]
    public void Records_are_read(string text, string? id) => Assert.Equal(id, MtaStsRecord.TryParse(text, out var record) ? record.Id : null);

    [Fact]
    public void Two_records_are_none()
    {
        Assert.Null(MtaStsRecord.Choose(["v=STSv1; id=1", "v=STSv1; id=2"]));
        Assert.Equal("1", MtaStsRecord.Choose(["hello", "v=STSv1; id=1"])?.Id);
    }

    [Fact]
    public void Any_text_comes_to_an_end()
        => Gen.String[0, 200].Sample(text =>
        {
            var policy = Parse("version: STSv1\n" + text);
            Assert.True(policy is null || policy.MaxAge <= TimeSpan.FromSeconds(MtaStsPolicy.MaxAgeLimit));
        }, iter: 1000);

    private static MtaStsPolicy? Parse(string text) => MtaStsPolicy.TryParse(Encoding.UTF8.GetBytes(text), out var policy) ? policy : null;
}
