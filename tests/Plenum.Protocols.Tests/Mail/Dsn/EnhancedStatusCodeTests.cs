using Plenum.Protocols.Mail.Dsn;

namespace Plenum.Protocols.Tests.Mail.Dsn;

public sealed class EnhancedStatusCodeTests
{
    [Theory]
    [InlineData("5.1.1")]
    [InlineData("4.999.0")]
    [InlineData("2.0.10")]
    public void A_code_is_read_and_written(string text)
    {
        Assert.True(EnhancedStatusCode.TryParse(text, out var code));
        Assert.Equal(text, code.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("5.1")]
    [InlineData("3.1.1")]
    [InlineData("5.1.1000")]
    [InlineData("5..1")]
    [InlineData("5.1.1 ")]
    [InlineData("5.1.1.1")]
    [InlineData("5.-1.1")]
    public void What_is_no_code_is_none(string text) => Assert.False(EnhancedStatusCode.TryParse(text, out _));

    [Theory]
    [InlineData("550 5.1.1 unknown user", "5.1.1")]
    [InlineData("550-5.7.26 (see 5.7.1)", "5.7.26")]
    [InlineData("550 host 192.5.2.1 said 4.2.2: full", "4.2.2")]
    [InlineData("relay 5.2.1.9 (Exim 4.96.2) #5.0.0.", "5.0.0")]
    [InlineData("#<mx.example.net #5.4.4 smtp;550>", "5.4.4")]
    [InlineData("5.5.0", "5.5.0")]
    public void A_code_is_found_in_what_a_server_said(string text, string expected)
    {
        Assert.True(EnhancedStatusCode.TryFind(text, out var code));
        Assert.Equal(expected, code.ToString());
    }

    [Theory]
    [InlineData("550 unknown user at 5.1.1.1")]
    [InlineData("version v5.1.1b")]
    [InlineData("2025.1.1")]
    [InlineData("15.1.1")]
    public void Addresses_and_versions_are_no_codes(string text) => Assert.False(EnhancedStatusCode.TryFind(text, out _));
}
