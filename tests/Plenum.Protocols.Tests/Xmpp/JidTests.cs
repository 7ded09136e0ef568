using CsCheck;
using Plenum.Protocols.Xmpp.Addresses;

namespace Plenum.Protocols.Tests.Xmpp;

public sealed class JidTests
{
    // RFC 7622 §3.5, tables 1 and 2
    [Theory]
    [InlineData("juliet@example.com", "juliet@example.com")]
    [InlineData("juliet@example.com/foo", "juliet@example.com/foo")]
    [InlineData("juliet@example.com/foo bar", "juliet@example.com/foo bar")]
    [InlineData("juliet@example.com/foo@bar", "juliet@example.com/foo@bar")]
    [InlineData("foo\\20bar@example.com", "foo\\20bar@example.com")]
    [InlineData("fussball@example.com", "fussball@example.com")]
    [InlineData("fu\u00DFball@example.com", "fu\u00DFball@example.com")]
    [InlineData("\u03C0@example.com", "\u03C0@example.com")]
    [InlineData("\u03A3@example.com/foo", "\u03C3@example.com/foo")]
    [InlineData("king@example.com/\u265A", "king@example.com/\u265A")]
    [InlineData("example.com", "example.com")]
    [InlineData("example.com/foobar", "example.com/foobar")]
    [InlineData("a.example.com/b@example.net", "a.example.com/b@example.net")]
    [InlineData("Ada@PLENUM.test.", "ada@plenum.test")]
    [InlineData("a@[::1]/x", "a@[::1]/x")]
    [InlineData("a@127.0.0.1", "a@127.0.0.1")]
    [InlineData("a@b\u00FCcher.example", "a@b\u00FCcher.example")]
    [InlineData("a@xn--bcher-kva.example", "a@b\u00FCcher.example")]
    public void A_good_address_is_normalised(string text, string normal)
    {
        Assert.True(Jid.TryParse(text, out var jid), text);
        Assert.Equal(normal, jid.ToString());
    }

    [Theory]
    [InlineData("\"juliet\"@example.com")]
    [InlineData("foo bar@example.com")]
    [InlineData("juliet@example.com/")]
    [InlineData("@example.com/")]
    [InlineData("@example.com")]
    [InlineData("henry\u2163@example.com")]
    [InlineData("\u265A@example.com")]
    [InlineData("juliet@")]
    [InlineData("/foobar")]
    [InlineData("")]
    [InlineData("a@b..c")]
    [InlineData("a@-b.c")]
    [InlineData("a@[::1")]
    [InlineData("a@b c")]
    public void A_bad_address_is_refused(string text) => Assert.False(Jid.TryParse(text, out _), text);

    [Fact]
    public void Parts_longer_than_1023_octets_are_refused()
    {
        Assert.True(Jid.TryParse(new string('a', 1023) + "@b", out _));
        Assert.False(Jid.TryParse(new string('a', 1024) + "@b", out _));
        Assert.False(Jid.TryParse("a@b/" + new string('\u00E4', 512), out _));
    }

    [Fact]
    public void Normalising_twice_changes_nothing_and_nothing_throws()
        => Gen.String.Sample(text =>
        {
            if (Jid.TryParse(text, out var once))
            {
                Assert.True(Jid.TryParse(once.ToString(), out var twice));
                Assert.Equal(once, twice);
            }
        }, iter: 2000);
}
