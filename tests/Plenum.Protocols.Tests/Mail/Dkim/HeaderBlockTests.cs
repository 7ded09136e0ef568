using System.Text;
using CsCheck;
using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Protocols.Tests.Mail.Dkim;

public sealed class HeaderBlockTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("\r\nbody", "", 2)]
    [InlineData("A: 1\r\nb :2\r\n\r\nbody", "A|b", 14)]
    [InlineData("A: 1\n\tmore\nB: 2\n\nbody", "A|B", 17)]
    [InlineData("A: 1\r\nno colon\r\nB: 2", "A||B", 20)]
    [InlineData(" starts folded\r\nA: 1\r\n\r\n", "|A", 24)]
    [InlineData("Bad name: 1\r\n", "", 13)]
    public void Headers_are_split(string message, string names, int bodyOffset)
    {
        var header = HeaderBlock.Parse(Encoding.ASCII.GetBytes(message));
        Assert.Equal(names, string.Join('|', header.Fields.Select(f => f.Name)));
        Assert.Equal(bodyOffset, header.BodyOffset);
    }

    [Fact]
    public void A_value_is_unfolded_text()
    {
        var header = HeaderBlock.Parse("Subject: Grüße\r\n\taus\r\n  München \r\n\r\n"u8.ToArray());
        Assert.Equal("Grüße\taus  München", header.Fields[0].Value);
        Assert.Equal([0], header.PositionsOf("SUBJECT"));
    }

    [Fact]
    public void Any_octets_are_split_without_losing_one()
        => Gen.Byte.Array[0, 200].Sample(octets =>
        {
            var header = HeaderBlock.Parse(octets);
            Assert.InRange(header.BodyOffset, 0, octets.Length);
            Assert.True(header.Fields.Sum(f => f.Raw.Length) <= header.BodyOffset);
        }, iter: 2000);
}
