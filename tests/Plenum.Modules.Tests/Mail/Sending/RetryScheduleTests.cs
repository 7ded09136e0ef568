using Plenum.Mail.Queue;

namespace Plenum.Modules.Tests.Mail.Sending;

public sealed class RetryScheduleTests
{
    [Fact]
    public void Waits_double_up_to_the_longest_and_are_spread()
    {
        var schedule = new RetrySchedule(TimeSpan.FromMinutes(5), TimeSpan.FromHours(4));
        Assert.Equal([5, 10, 20, 40, 80, 160, 240, 240], Enumerable.Range(1, 8).Select(n => (int)Math.Round(schedule.WaitAfter(n, 0.5).TotalMinutes)));
        Assert.Equal(240, (int)Math.Round(schedule.WaitAfter(1_000, 0.5).TotalMinutes));
        Assert.Equal((4, 6), ((int)Math.Round(schedule.WaitAfter(1, 0).TotalMinutes), (int)Math.Round(schedule.WaitAfter(1, 1).TotalMinutes)));
    }
}
