using Plenum.Voting.Delegation;
using Plenum.Voting.Harmonic;
using Plenum.Voting.LiquidFeedback;

namespace Plenum.Protocols.Tests.Voting.LiquidFeedback;

public sealed class IssueCourseTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly IssueTimetable Timetable = new(8 * Day, 15 * Day, 2 * Day, 5 * Day, new(1, 10), new(1, 10));

    [Fact]
    public void Nothing_is_due_before_its_time()
    {
        Assert.Null(Next(IssueState.Discussion, (15 * Day) - TimeSpan.FromTicks(1), [new(1)]));
        Assert.Equal(IssueState.Verification, Next(IssueState.Discussion, 15 * Day, [new(1)])!.State);
        Assert.Null(Next(IssueState.Voting, 500 * Day, [new(1)]));
        Assert.True(IssueCourse.IsVotingOver(Timetable, Start, Start + (5 * Day)));
    }

    [Fact]
    public void A_late_job_begins_the_next_phase_when_it_runs()
        => Assert.Equal(Start + (20 * Day), Next(IssueState.Discussion, 20 * Day, [new(1)])!.At);

    [Fact]
    public void An_issue_whose_initiatives_are_all_revoked_closes_at_once_in_admission_only()
    {
        Assert.Equal(IssueState.CanceledRevokedBeforeAccepted, Next(IssueState.Admission, Day, [new(1, Start)])!.State);
        Assert.Null(Next(IssueState.Discussion, Day, [new(1, Start)]));
        Assert.Equal(IssueState.CanceledAfterRevocationDuringDiscussion, Next(IssueState.Discussion, 2 * Day, [new(1, Start)])!.State);
        Assert.Null(Next(IssueState.Verification, Day, [new(1, Start)]));
        Assert.Equal(IssueState.CanceledAfterRevocationDuringVerification, Next(IssueState.Verification, 2 * Day, [new(1, Start)])!.State);
    }

    [Fact]
    public void A_polling_initiative_needs_no_quorum()
        => Assert.Equal([2], Next(IssueState.Verification, 2 * Day, [new(1), new(2, IsPolling: true)], supported: false)!.Admitted);

    [Fact]
    public void Keeping_within_one_contingent_is_enough()
    {
        Contingent[] contingents = [new(TimeSpan.FromHours(1), 1, 1), new(Day, 3, 1)];
        DateTimeOffset[] texts = [Start, Start.AddMinutes(-90)];
        Assert.True(Contingent.Allows(contingents, texts, [], false, Start.AddMinutes(30)));
        Assert.False(Contingent.Allows(contingents, [.. texts, Start.AddMinutes(-200)], [], false, Start.AddMinutes(30)));
        Assert.False(Contingent.Allows(contingents, texts, [Start], true, Start.AddMinutes(30)));
    }

    [Fact]
    public void Issues_in_admission_are_ordered_in_proportion()
    {
        SectionBallot<int>[] ballots = [new(6, [[1, 2]]), new(4, [[3]]), new(0, [[4]])];
        var order = ProportionalOrder.Rank([1, 2, 3, 4], ballots);
        Assert.Equal([3, 2, 1], new[] { 1, 2, 3 }.Select(issue => order[issue]).Order().Reverse());
        Assert.Equal(1, order.Single(pair => pair.Value == 1).Key is 2 ? 1 : 0);
        Assert.False(order.ContainsKey(4));
    }

    private static IssueStep<int>? Next(IssueState state, TimeSpan after, IReadOnlyList<InitiativeStanding<int>> initiatives, bool supported = true)
    {
        var snapshot = new IssueSnapshot<int, int, int>([1, 2, 3], [], supported ? [new(1, 1, true)] : [], [], [], new EffectiveDelegations<int>([], _ => true), _ => true);
        return IssueCourse.Next(Timetable, state, Start, initiatives, snapshot, Start + after);
    }
}
