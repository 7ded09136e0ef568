using Plenum.Voting.Tally;

namespace Plenum.Protocols.Tests.Voting.Tally;

public sealed class TallyTests
{
    [Theory]
    [InlineData(5, 4, 10, MajorityOutcome.Carried)]
    [InlineData(4, 4, 0, MajorityOutcome.Rejected)]
    [InlineData(0, 0, 9, MajorityOutcome.Rejected)]
    public void A_simple_majority_passes_abstentions_over(long yes, long no, long abstentions, MajorityOutcome outcome)
        => Assert.Equal(outcome, new MajorityVote(yes, no, abstentions, 100).Decide(MajorityRule.Simple));

    [Fact]
    public void Two_thirds_are_enough_exactly_and_not_one_vote_below()
    {
        Assert.Equal(MajorityOutcome.Carried, new MajorityVote(66, 33, 0, 100).Decide(MajorityRule.TwoThirds));
        Assert.Equal(MajorityOutcome.Rejected, new MajorityVote(65, 33, 0, 100).Decide(MajorityRule.TwoThirds));
        Assert.Equal(MajorityOutcome.Carried, new MajorityVote(2 * (long.MaxValue / 3), long.MaxValue / 3, 0, long.MaxValue).Decide(MajorityRule.TwoThirds));
    }

    [Fact]
    public void The_base_of_the_majority_decides_what_an_abstention_does()
    {
        var vote = new MajorityVote(5, 4, 3, 20);
        Assert.Equal(MajorityOutcome.Rejected, vote.Decide(MajorityRule.Simple with { Of = MajorityOf.VotesCast }));
        Assert.Equal(MajorityOutcome.Rejected, vote.Decide(MajorityRule.Simple with { Of = MajorityOf.Entitled }));
        Assert.Equal(MajorityOutcome.NoQuorum, vote.Decide(MajorityRule.Simple with { Quorum = new(2, 3) }));
        Assert.Equal(MajorityOutcome.Carried, vote.Decide(MajorityRule.Simple with { Quorum = new(3, 5) }));
    }

    [Fact]
    public void Approvals_count_once_per_ballot_and_unknown_names_not_at_all()
    {
        var counts = ApprovalTally.Count(["a", "b", "c"], [(["a", "a", "x"], 2L), (["b"], 3L), (["a", "c"], 1L)]);
        Assert.Equal([new("a", 3), new("b", 3), new("c", 1)], counts);
        Assert.Equal(["a", "b"], ApprovalTally.Winners(counts));
    }

    [Fact]
    public void An_option_left_out_is_last_or_without_opinion_as_the_rules_say()
    {
        RankedBallot<string>[] ballots = [RankedBallot.Of("a")];
        Assert.Equal(1, PairwiseMatrix.Count(["a", "b"], ballots)["a", "b"]);
        Assert.Equal(0, PairwiseMatrix.Count(["a", "b"], ballots, UnrankedOptions.NoOpinion)["a", "b"]);
    }

    [Fact]
    public void A_ballot_keeps_the_first_place_of_an_option_named_twice()
        => Assert.Equal("a > b = c * 1", new RankedBallot<string>([["a"], [], ["b", "a", "c"]]).ToString());
}
