using System.Net;
using System.Text;
using CsCheck;
using Plenum.Protocols.Mail.Arc;
using Plenum.Protocols.Mail.AuthResults;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dmarc;
using Plenum.Protocols.Mail.Spf;

namespace Plenum.Protocols.Tests.Mail.AuthResults;

public sealed class AuthenticationResultsTests
{
    [Theory]
    [InlineData("example.org 1; none", "example.org", "")] // RFC 8601 §B.2
    [InlineData("example.com; spf=pass smtp.mailfrom=example.net", "example.com", "spf=pass smtp.mailfrom=example.net")]
    [InlineData("example.com;\r\n auth=pass (cram-md5) smtp.auth=sender@example.net;\r\n spf=fail smtp.mailfrom=example.net", "example.com",
        "auth=pass smtp.auth=sender@example.net|spf=fail smtp.mailfrom=example.net")]
    [InlineData("foo.example.net (foobar) 1 (baz);\r\n dkim (Because I like it) / 1 (One yay) = (wait for it) fail\r\n policy (A dot can go here) . (like that) expired\r\n (this surprised me) = (as I wasn't expecting it) 1362471462",
        "foo.example.net", "dkim=fail policy.expired=1362471462")] // RFC 8601 §B.7
    [InlineData("example.com; dkim=pass reason=\"good signature\" header.i=@mail-router.example.net", "example.com",
        "dkim=pass reason=\"good signature\" header.i=@mail-router.example.net")]
    [InlineData("mx.google.com; dkim=pass header.b=Ab/+c=; iprev=pass policy.iprev=2001:db8::1", "mx.google.com",
        "dkim=pass header.b=\"Ab/+c=\"|iprev=pass policy.iprev=\"2001:db8::1\"")]
    [InlineData("\"quoted id\"; spf=pass;", "quoted id", "spf=pass")]
    public void Fields_are_read(string value, string id, string methods)
    {
        Assert.True(AuthenticationResults.TryParse(value, out var results));
        Assert.Equal(id, results!.AuthServId);
        Assert.Equal(methods, string.Join('|', new AuthenticationResults("x", results.Methods).WriteValue()
            .Replace("\r\n\t ", " ", StringComparison.Ordinal).Split(";\r\n\t").Skip(1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("; none")]
    [InlineData("example.org none")]
    [InlineData("example.org; spf")]
    [InlineData("example.org; spf=")]
    [InlineData("example.org; spf=pass smtp")]
    [InlineData("example.org; spf=pass smtp.mailfrom=\"open")]
    [InlineData("\"open")]
    [InlineData("\"\u0010\"")] // Found by fuzzing.
    [InlineData("\"\\\u0010\"")]
    [InlineData("example.org; spf=pass smtp.mailfrom=a\u0010")]
    public void What_is_no_field_is_refused(string value) => Assert.False(AuthenticationResults.TryParse(value, out _));

    [Fact]
    public void Any_text_comes_to_an_end()
        => Gen.OneOf(Gen.OneOf("example.org", ";", "dkim", "=", "pass", " ", "(", ")", "\"", "\\", ".", "header", "/", "1", "@", "\r\n ").Array[0, 40].Select(string.Concat), Gen.String[0, 80])
            .Sample(text => Assert.Equal(AuthenticationResults.TryParse(text, out var results), results is not null), iter: 5000);

    [Fact]
    public void What_is_written_is_read_again()
    {
        var word = Gen.OneOf("a", "b-c", "x y", "\"", "\\", "@example.org", "ada@example.org", "ü", ";", "(", "2001:db8::1").Array[1, 3].Select(string.Concat);
        Gen.Select(word, word, word).Sample((id, reason, value) =>
        {
            var written = new AuthenticationResults(id, [new MethodResult("dkim", "pass", [new ResultProperty("header", "i", value)]) { Reason = reason }]);
            Assert.True(AuthenticationResults.TryParse(written.WriteValue(), out var read), written.WriteValue());
            Assert.Equal((id, reason, value), (read!.AuthServId, read.Methods[0].Reason, read.Methods[0]["header.i"]));
        }, iter: 1000);
    }

    [Fact]
    public void Our_verdicts_have_their_words()
    {
        var request = new SpfRequest(IPAddress.Parse("192.0.2.1"), "mx.example.org", "ada@example.org\r\nX: y");
        var field = new AuthenticationResults("mx.example.net",
        [
            .. MethodResults.Dkim([]),
            MethodResults.Spf(new SpfVerdict(SpfResult.SoftFail, SpfIdentity.MailFrom, "example.org"), request),
            MethodResults.Dmarc(new DmarcVerdict(DmarcResult.Fail, "example.org") { PublishedPolicy = DmarcPolicy.Reject }),
            MethodResults.Arc(new ArcVerdict(ArcStatus.Pass, ArcProblem.None, []) { OldestPass = 2 }, "192.0.2.1"),
        ]).Write();
        Assert.Equal(
            "Authentication-Results: mx.example.net;\r\n\tdkim=none;\r\n\tspf=softfail smtp.mailfrom=\"ada@example.orgX: y\";\r\n"
            + "\tdmarc=fail header.from=example.org policy.dmarc=reject;\r\n\tarc=pass header.oldest-pass=2 smtp.remote-ip=192.0.2.1\r\n", field);
    }

    [Fact]
    public void Fields_that_pretend_to_be_ours_are_removed()
    {
        var message = "Received: x\r\nAuthentication-Results: MX.example.org; spf=pass\r\nSubject: y\r\nAuthentication-Results: other.example; none\r\n"u8.ToArray()
            .Concat("authentication-results: (c) mx.example.org\r\n 1; dkim=pass\r\nAuthentication-Results: ;;\r\nTo: z\r\n\r\nAuthentication-Results: mx.example.org; none\r\n"u8.ToArray()).ToArray();
        var stripped = Encoding.ASCII.GetString(ForgedResults.Strip(message, "mx.example.org").Span);
        Assert.Equal(
            "Received: x\r\nSubject: y\r\nAuthentication-Results: other.example; none\r\nTo: z\r\n\r\nAuthentication-Results: mx.example.org; none\r\n", stripped);
        Assert.True(ForgedResults.Strip(message, "nobody.example").Length > stripped.Length);
    }

    [Fact]
    public void Ids_in_other_spelling_are_ours_too()
    {
        var header = HeaderBlock.Parse("Authentication-Results: xn--mnchen-3ya.example; none\r\n"u8.ToArray());
        Assert.Equal([0], ForgedResults.Find(header, "München.example"));
    }
}
