using CsCheck;
using Plenum.Protocols.Mail.Dsn;

namespace Plenum.Protocols.Tests.Mail.Dsn;

public sealed class XtextTests
{
    [Theory]
    [InlineData("ada+list=x@example.org", "ada+2Blist+3Dx@example.org")]
    [InlineData("\"a b\"@example.org", "\"a+20b\"@example.org")]
    public void RFC_3461_section_4(string text, string xtext)
    {
        Assert.Equal(xtext, Xtext.Encode(text));
        Assert.True(Xtext.TryDecode(xtext, out var decoded));
        Assert.Equal(text, decoded);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a=b")]
    [InlineData("a+2b")]
    [InlineData("a+2")]
    [InlineData("a+FF")]
    [InlineData("ä")]
    public void What_is_no_xtext_is_refused(string xtext) => Assert.False(Xtext.TryDecode(xtext, out _));

    [Theory]
    [InlineData("dörte+x@münchen.example", "d\\x{F6}rte\\x{2B}x@m\\x{FC}nchen.example")]
    [InlineData("💶@example.org", "\\x{1F4B6}@example.org")]
    public void RFC_6533_section_3(string address, string encoded)
    {
        Assert.Equal(encoded, Xtext.EncodeUtf8Address(address));
        Assert.True(Xtext.TryDecodeUtf8Address(encoded, out var decoded));
        Assert.Equal(address, decoded);
    }

    [Theory]
    [InlineData("\\x{D800}@x")]
    [InlineData("\\x{110000}@x")]
    [InlineData("\\x{")]
    [InlineData("\\y{41}@x")]
    [InlineData("\\x{}@x")]
    [InlineData("\\")]
    public void What_is_no_unicode_is_refused(string encoded) => Assert.False(Xtext.TryDecodeUtf8Address(encoded, out _));

    [Fact]
    public void What_is_written_is_read_again()
    {
        Gen.String[Gen.Char['\0', '\x7f'], 0, 50].Sample(text => Xtext.TryDecode(Xtext.Encode(text), out var again) && again == text);
        Gen.String.Where(IsWellFormed).Sample(text => Xtext.TryDecodeUtf8Address(Xtext.EncodeUtf8Address(text), out var again) && again == text);
        Gen.String.Where(IsWellFormed).Sample(text => Xtext.TryDecodeUtf8Address(Xtext.EncodeUtf8Address(text, keepUnicode: true), out var again) && again == text);
    }

    private static bool IsWellFormed(string text) => text.EnumerateRunes().All(rune => rune.Value != 0xfffd);
}
