using Plenum.Protocols.Mail.Dmarc;

namespace Plenum.Protocols.Tests.Mail.Dmarc;

public sealed class PublicSuffixListTests
{
    private const string Text =
        """
        // comment
        // ===BEGIN ICANN DOMAINS===
        com
        jp   // trailing words
        *.kawasaki.jp
        !city.kawasaki.jp
        ck
        *.ck
        !www.ck
        公司.cn
        cn
        // ===END ICANN DOMAINS===
        // ===BEGIN PRIVATE DOMAINS===
        github.io
        // ===END PRIVATE DOMAINS===
        """;

    [Theory]
    [InlineData("com", "com")]
    [InlineData("example.com", "example.com")]
    [InlineData("a.b.example.com", "example.com")]
    [InlineData("x.test.kawasaki.jp", "x.test.kawasaki.jp")]
    [InlineData("a.x.test.kawasaki.jp", "x.test.kawasaki.jp")]
    [InlineData("test.kawasaki.jp", "test.kawasaki.jp")]
    [InlineData("a.city.kawasaki.jp", "city.kawasaki.jp")]
    [InlineData("a.www.ck", "www.ck")]
    [InlineData("a.b.c.ck", "b.c.ck")]
    [InlineData("a.b.unlisted", "b.unlisted")]
    [InlineData("a.shishi.xn--55qx5d.cn", "shishi.xn--55qx5d.cn")]
    [InlineData("me.github.io", "me.github.io")]
    [InlineData("www.me.github.io", "me.github.io")]
    [InlineData("localhost", "localhost")]
    public void The_longest_rule_wins(string domain, string organization)
        => Assert.Equal(organization, PublicSuffixList.Load(new StringReader(Text)).OrganizationalDomainOf(domain));

    [Fact]
    public void Private_domains_can_be_left_out()
    {
        var list = PublicSuffixList.Load(new StringReader(Text), withPrivateDomains: false);
        Assert.Equal("github.io", list.OrganizationalDomainOf("me.github.io"));
        Assert.Equal(9, list.Count);
    }
}
