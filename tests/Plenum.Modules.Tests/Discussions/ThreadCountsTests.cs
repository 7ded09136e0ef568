using Microsoft.Extensions.Time.Testing;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Reading;

namespace Plenum.Modules.Tests.Discussions;

public sealed class ThreadCountsTests
{
    [Fact]
    public async Task A_large_board_is_counted_again_after_a_while_and_a_small_one_each_time()
    {
        var clock = new FakeTimeProvider();
        var counts = new ThreadCounts(clock);
        var (small, large) = (BoardId.From(Guid.CreateVersion7()), BoardId.From(Guid.CreateVersion7()));
        Assert.Equal((999, 5_000), (await counts.OfAsync(small, () => Task.FromResult(999)), await counts.OfAsync(large, () => Task.FromResult(5_000))));
        Assert.Equal((1_000, 5_000), (await counts.OfAsync(small, () => Task.FromResult(1_000)), await counts.OfAsync(large, () => Task.FromResult(5_001))));
        clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(5_002, await counts.OfAsync(large, () => Task.FromResult(5_002)));
    }
}
