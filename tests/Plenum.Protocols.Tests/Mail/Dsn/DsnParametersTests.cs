using CsCheck;
using Plenum.Protocols.Mail.Dsn;

namespace Plenum.Protocols.Tests.Mail.Dsn;

public sealed class DsnParametersTests
{
    [Theory]
    [InlineData("NEVER", DsnNotify.Never)]
    [InlineData("success,DELAY", DsnNotify.Success | DsnNotify.Delay)]
    [InlineData("SUCCESS,FAILURE,DELAY", DsnNotify.Success | DsnNotify.Failure | DsnNotify.Delay)]
    public void NOTIFY_is_read(string value, DsnNotify expected)
    {
        Assert.True(DsnParameters.TryParseNotify(value, out var notify));
        Assert.Equal(expected, notify);
        Assert.True(DsnParameters.TryParseNotify(DsnParameters.Format(notify), out var again));
        Assert.Equal(expected, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("NEVER,FAILURE")]
    [InlineData("FAILURE,NEVER")]
    [InlineData("FAILURE,FAILURE")]
    [InlineData("FAILURE,")]
    [InlineData("ALWAYS")]
    public void A_wrong_NOTIFY_is_refused(string value) => Assert.False(DsnParameters.TryParseNotify(value, out _));

    [Fact]
    public void RET_is_read()
    {
        Assert.True(DsnParameters.TryParseReturn("hdrs", out var wanted));
        Assert.Equal((DsnReturn.Headers, "HDRS"), (wanted, DsnParameters.Format(wanted)));
        Assert.True(DsnParameters.TryParseReturn("FULL", out wanted));
        Assert.Equal((DsnReturn.Full, "FULL"), (wanted, DsnParameters.Format(wanted)));
        Assert.False(DsnParameters.TryParseReturn("BODY", out _));
    }

    [Theory]
    [InlineData("QQ314159", true)]
    [InlineData("a+20b", true)]
    [InlineData("a+0Ab", false)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    public void ENVID_holds_printable_text(string value, bool isGood) => Assert.Equal(isGood, DsnParameters.TryParseEnvid(value, out _));

    [Fact]
    public void ENVID_has_at_most_100_characters()
    {
        Assert.True(DsnParameters.TryParseEnvid(new string('x', 100), out _));
        Assert.False(DsnParameters.TryParseEnvid(new string('x', 101), out _));
    }

    [Theory]
    [InlineData("rfc822;ada+2Blist@example.org", "rfc822", "ada+list@example.org")]
    [InlineData("RFC822;Bob@example.org", "rfc822", "Bob@example.org")]
    [InlineData("utf-8;d\\x{F6}rte@example.org", "utf-8", "dörte@example.org")]
    [InlineData("utf-8;dörte@example.org", "utf-8", "dörte@example.org")]
    [InlineData("x400;/c=de", null, null)]
    public void ORCPT_is_read(string parameter, string? type, string? text)
    {
        var isRead = TypedText.TryParseOrcpt(parameter, out var address);
        Assert.Equal(type is not null, isRead);
        if (isRead)
        {
            Assert.Equal((type, text), (address.Type, address.Text));
        }
    }

    [Theory]
    [InlineData("ada@example.org")]
    [InlineData("rfc822;")]
    [InlineData(";ada@example.org")]
    [InlineData("rfc822;a b@example.org")]
    [InlineData("rf@c;ada@example.org")]
    public void A_wrong_ORCPT_is_refused(string parameter) => Assert.False(TypedText.TryParseOrcpt(parameter, out _));

    [Fact]
    public void An_address_survives_ORCPT_and_a_report_field()
        => Gen.String[Gen.Char["abcäöü+=\\;()@.\"€"], 1, 30].Sample(text =>
        {
            var address = TypedText.Address(text);
            return TypedText.TryParseOrcpt(address.ToOrcpt(), out var again) && again == address
                && TypedText.TryParse(address.ToString(), out var field) && field == address;
        });
}
