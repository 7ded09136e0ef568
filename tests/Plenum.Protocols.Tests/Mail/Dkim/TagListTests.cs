using CsCheck;
using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Protocols.Tests.Mail.Dkim;

public sealed class TagListTests
{
    [Theory]
    [InlineData("a=1", "a=1")]
    [InlineData("a=1;", "a=1")]
    [InlineData(" a = 1 ; b\t=\r\n 2 ;\r\n ", "a=1|b=2")]
    [InlineData("a=", "a=")]
    [InlineData("a=b=c;d=e f", "a=b=c|d=e f")]
    [InlineData("A=1;a=2", "A=1|a=2")]
    public void Lists_are_read(string text, string tags)
    {
        Assert.True(TagList.TryParse(text, out var list));
        Assert.Equal(tags, string.Join('|', list.Tags.Select(t => $"{t.Key}={t.Value}")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(";")]
    [InlineData("a=1;;b=2")]
    [InlineData("a=1;;")]
    [InlineData("a")]
    [InlineData("a=1;b")]
    [InlineData("=1")]
    [InlineData("1a=1")]
    [InlineData("a b=1")]
    [InlineData("a=1;a=2")]
    [InlineData("a=\u0001")]
    [InlineData(null)]
    public void What_is_no_list_is_refused(string? text) => Assert.False(TagList.TryParse(text, out _));

    [Fact]
    public void Any_text_comes_to_an_end()
        => Gen.String[0, 300].Sample(text =>
        {
            var isList = TagList.TryParse(text, out var list);
            Assert.Equal(isList, list is not null);
        }, iter: 2000);

    [Fact]
    public void A_list_of_a_thousand_tags_is_refused()
        => Assert.False(TagList.TryParse(string.Concat(Enumerable.Range(0, 1000).Select(i => $"t{i}=1;")), out _));
}
