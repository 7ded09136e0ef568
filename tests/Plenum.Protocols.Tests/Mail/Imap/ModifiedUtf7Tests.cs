using CsCheck;
using Plenum.Protocols.Mail.Imap;

namespace Plenum.Protocols.Tests.Mail.Imap;

public sealed class ModifiedUtf7Tests
{
    [Theory]
    [InlineData("~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-")] // RFC 3501 §5.1.3
    [InlineData("Entwürfe", "Entw&APw-rfe")]
    [InlineData("AT&T", "AT&-T")]
    [InlineData("🗳", "&2D3d8w-")]
    [InlineData("", "")]
    public void Names_are_written_as_RFC_3501_says(string name, string encoded)
    {
        Assert.Equal(encoded, ModifiedUtf7.Encode(name));
        Assert.True(ModifiedUtf7.TryDecode(encoded, out var decoded));
        Assert.Equal(name, decoded);
    }

    [Theory]
    [InlineData("Entwürfe")]
    [InlineData("&AOQ")]
    [InlineData("&")]
    [InlineData("&AGE-")]
    [InlineData("&A*Q-")]
    [InlineData("&AOR-")]
    [InlineData("&2AA-")] // Half a pair. Found by fuzzing.
    [InlineData("&2AAA5A-")]
    [InlineData("&3ADYPQ-")]
    [InlineData("&U/BTFw-")]
    [InlineData("&U,BTFw-&ZeVnLIqe-")]
    [InlineData("a\tb")]
    public void What_no_client_may_write_is_refused(string encoded) => Assert.False(ModifiedUtf7.TryDecode(encoded, out _));

    [Fact]
    public void Every_name_comes_back()
        => Gen.String[Gen.OneOf(Gen.Char[' ', '~'], Gen.Char['\u00a0', '\ud7ff']), 0, 30].Sample(name =>
            ModifiedUtf7.TryDecode(ModifiedUtf7.Encode(name), out var decoded) && decoded == name);
}
