using Plenum.Voting.Delegation;
using Plenum.Voting.LiquidFeedback;
using Plenum.Voting.Schulze;
using Plenum.Voting.Stv;
using Plenum.Voting.Tally;

namespace Plenum.Protocols.Tests.Voting;

/// <summary>The lines of docs/using/voting.md.</summary>
public sealed class UsageTests
{
    [Fact]
    public void The_page_about_using_the_library_tells_the_truth()
    {
        // A ranking from ballots with ties and options left out
        string[] options = ["Hall", "Park", "Station"];
        RankedBallot<string>[] ballots =
        [
            RankedBallot.Weighted(4, "Hall", "Park"),
            RankedBallot.Weighted(3, "Park", "Station"),
            new([["Station"], ["Hall", "Park"]], weight: 2),
        ];
        var matrix = PairwiseMatrix.Count(options, ballots, UnrankedOptions.RankedLast);
        var ranking = SchulzeMethod.Rank(matrix, DefeatStrength.Margins);

        // A board of two
        var board = ScottishStv.Count(2, options, ballots, lot: ["Park", "Hall", "Station"]);

        // A vote with delegations
        var delegations = new EffectiveDelegations<string>([VoteDelegation.To("ada", "bob", DelegationScope.Unit)], isEntitled: _ => true);
        var grades = new Dictionary<string, IReadOnlyDictionary<int, int>>
        {
            ["bob"] = new Dictionary<int, int> { [1] = 2, [2] = 1 },
            ["chandra"] = new Dictionary<int, int> { [1] = -1, [2] = 1 },
        };
        var vote = IssueVote.Count(VotingPolicy.Standard, [1, 2], grades, delegations);

        Assert.Equal(["Hall"], ranking.Winners);
        Assert.Equal(["Hall", "Park"], board.Elected);
        Assert.Equal((3, 1), (vote.VoterCount, vote.Winner!.Initiative));
    }
}
