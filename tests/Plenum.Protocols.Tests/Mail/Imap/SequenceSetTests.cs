using System.Text;
using CsCheck;
using Plenum.Protocols.Mail.Imap;
using Plenum.Protocols.Mail.Imap.Sets;

namespace Plenum.Protocols.Tests.Mail.Imap;

public sealed class SequenceSetTests
{
    [Theory]
    [InlineData("1", 5u, "1")]
    [InlineData("*", 5u, "5")]
    [InlineData("4:2,7,3", 9u, "2:4,7")]
    [InlineData("*:3", 5u, "3:5")]
    [InlineData("9:*", 5u, "5:9")]
    [InlineData("1:4294967295", 5u, "1:4294967295")]
    [InlineData("*", 0u, "")]
    public void A_set_resolves_to_ascending_ranges(string text, uint largest, string expected)
    {
        Assert.True(SequenceSet.TryParse(Encoding.ASCII.GetBytes(text), 100, out var set));
        Assert.Equal(expected, string.Join(',', set.Resolve(largest)));
        Assert.Equal(text, set.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("01")]
    [InlineData("1,")]
    [InlineData(":2")]
    [InlineData("1:")]
    [InlineData("1:2:3")]
    [InlineData("4294967296")]
    [InlineData("-1")]
    [InlineData("1 2")]
    [InlineData("$,1")]
    public void What_is_no_set_is_refused(string text) => Assert.False(SequenceSet.TryParse(Encoding.ASCII.GetBytes(text), 100, out _));

    [Fact]
    public void Too_many_ranges_are_refused() => Assert.False(SequenceSet.TryParse("1,3,5"u8, 2, out _));

    [Fact]
    public void The_shortest_set_of_numbers_holds_just_them()
        => Gen.UInt[1, 60].HashSet[0, 40].Sample(numbers =>
        {
            var set = SequenceSet.Of(numbers);
            Assert.Equal(numbers.Order(), Enumerable.Range(1, 60).Select(n => (uint)n).Where(n => set.Contains(n, 60)));
            if (numbers.Count > 0)
            {
                Assert.True(SequenceSet.TryParse(Encoding.ASCII.GetBytes(set.ToString()), 100, out var read));
                Assert.Equal(set, read);
                Assert.All(set.Ranges.Zip(set.Ranges.Skip(1)), pair => Assert.True(pair.First.Last + 1 < pair.Second.First));
            }
        });
}
