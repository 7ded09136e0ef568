using Plenum.Protocols.Mail.Threading;

namespace Plenum.Protocols.Tests.Mail.Threading;

public sealed class MessageIdsTests
{
    [Theory]
    [InlineData("<a@b>", "a@b")]
    [InlineData("<a@b><c@d>\r\n\t<e@f>", "a@b|c@d|e@f")]
    [InlineData("Your message of Monday <a@b> (see <x@y>) \"<z@z>\"", "a@b")]
    [InlineData("<\"01KF8J\"@example.org>", "01KF8J@example.org")]
    [InlineData("<\"a b\"@example.org>", "ab@example.org")]
    [InlineData("<a@b", "")]
    [InlineData("<a <b@c>", "b@c")]
    [InlineData("<4711>", "")]
    [InlineData("<@b> <a@> <>", "")]
    [InlineData("\"unclosed <a@b>", "a@b")]
    [InlineData("(unclosed <a@b>", "")]
    [InlineData("<a@\r\n b>", "a@b")]
    public void Valid_ids_are_found(string value, string expected) => Assert.Equal(expected, string.Join('|', MessageIds.Parse(value)));

    [Fact]
    public void A_board_may_take_ids_without_a_domain() => Assert.Equal(["4711", "a@b"], MessageIds.ParseLoosely("<4711> <a@b>"));

    [Fact]
    public void In_Reply_To_serves_where_References_is_missing()
    {
        Assert.Equal(["a@b", "c@d"], MessageIds.References("<a@b> <c@d>", "<e@f>"));
        Assert.Equal(["e@f"], MessageIds.References(null, "Ada's message <e@f> and <g@h>"));
        Assert.Equal(["e@f"], MessageIds.References("none", "<e@f>"));
        Assert.Empty(MessageIds.References(null, null));
    }

    [Fact]
    public void An_endless_id_is_none() => Assert.Empty(MessageIds.Parse("<" + new string('a', 2000) + "@b>"));
}
