using CsCheck;
using Plenum.Voting.Stv;
using Plenum.Voting.Tally;

namespace Plenum.Protocols.Tests.Voting.Stv;

public sealed class StvTests
{
    private static readonly string[] Food = ["orange", "pear", "chocolate", "strawberry", "sweets"];

    /// <summary>Twenty ballots, three seats, quota 6: the surplus of chocolate elects nobody, orange sits at the end by being left over.</summary>
    private static readonly RankedBallot<string>[] FoodBallots =
    [
        RankedBallot.Weighted(4, "orange"),
        RankedBallot.Weighted(2, "pear", "orange"),
        RankedBallot.Weighted(8, "chocolate", "strawberry"),
        RankedBallot.Weighted(4, "chocolate", "sweets"),
        RankedBallot.Weighted(1, "strawberry"),
        RankedBallot.Weighted(1, "sweets"),
    ];

    [Fact]
    public void Surplus_and_exclusion_go_on_as_the_Scottish_rules_say()
    {
        var result = ScottishStv.Count(3, Food, FoodBallots);
        Assert.Equal(["chocolate", "orange", "strawberry"], result.Elected);
        var surplus = result.Stages[1];
        Assert.Equal((StvEvent.SurplusTransferred, "chocolate", 6m), (surplus.Event, surplus.Candidate, surplus.Quota));
        Assert.Equal(5m, surplus.Votes["strawberry"]);
        Assert.Equal(3m, surplus.Votes["sweets"]);
        Assert.Equal("pear", result.Stages[2].Candidate);
        Assert.Equal(6m, result.Stages[2].Votes["orange"]);
    }

    [Fact]
    public void Transfer_values_are_cut_to_five_decimals()
    {
        var result = ScottishStv.Count(2, ["a", "b", "c", "d"], [RankedBallot.Weighted(7, "a", "b"), RankedBallot.Weighted(3, "c"), RankedBallot.Weighted(2, "d")]);

        // Quota 5, surplus 2: seven papers at 2/7 = 0.28571.
        Assert.Equal(1.99997m, result.Stages[1].Votes["b"]);
        Assert.Equal(0.00003m, result.Stages[1].NonTransferable);
    }

    [Fact]
    public void Equal_candidates_are_parted_by_an_earlier_stage_and_only_then_by_lot()
    {
        RankedBallot<string>[] ballots =
        [
            RankedBallot.Weighted(4, "a"), RankedBallot.Weighted(3, "b"), RankedBallot.Weighted(2, "c"), RankedBallot.Weighted(1, "d", "c"),
        ];
        var result = ScottishStv.Count(1, ["a", "b", "c", "d"], ballots, lot: ["b", "c", "a", "d"]);
        Assert.Equal(("c", false), (result.Stages[2].Candidate, result.Stages[2].ByLot));

        RankedBallot<string>[] even = [RankedBallot.Weighted(3, "a"), RankedBallot.Weighted(2, "b"), RankedBallot.Weighted(2, "c")];
        var lot = ScottishStv.Count(1, ["a", "b", "c"], even, lot: ["c", "b", "a"]);
        Assert.Equal(("c", true), (lot.Stages[1].Candidate, lot.Stages[1].ByLot));
    }

    [Fact]
    public void Meek_lowers_the_quota_as_votes_run_out_and_fills_the_seats()
    {
        var result = MeekStv.Count(3, Food, FoodBallots);
        Assert.Equal(3, result.Elected.Count);
        Assert.Equal("chocolate", result.Elected[0]);
        Assert.Contains("orange", result.Elected);
        Assert.Contains("strawberry", result.Elected);
        Assert.True(result.Stages[^1].Quota < result.Stages[0].Quota);
    }

    [Fact]
    public void No_vote_appears_or_disappears_and_all_seats_are_filled()
        => Gen.Select(Gen.Shuffle(Enumerable.Range(0, 6).ToArray(), 1, 6).Array[1, 30], Gen.Int[1, 5]).Sample((papers, seats) =>
        {
            var ballots = papers.Select(paper => RankedBallot.Of(paper)).ToList();
            foreach (var result in new[] { ScottishStv.Count(seats, Enumerable.Range(0, 6), ballots), MeekStv.Count(seats, Enumerable.Range(0, 6), ballots) })
            {
                Assert.Equal(seats, result.Elected.Distinct().Count());
                Assert.All(result.Stages, stage => Assert.Equal(papers.Length, stage.Votes.Values.Sum() + stage.NonTransferable));
                Assert.All(result.Stages, stage => Assert.True(stage.NonTransferable >= 0));
                var safe = Enumerable.Range(0, 6).Where(i => papers.Count(paper => paper[0] == i) * (seats + 1) > papers.Length);
                Assert.All(safe, i => Assert.Contains(i, result.Elected));
            }
        }, iter: 300);

    [Fact]
    public void A_shared_place_ends_a_paper()
    {
        var result = ScottishStv.Count(1, ["a", "b", "c"], [new([["a"], ["b", "c"]]), RankedBallot.Weighted(2, "b"), RankedBallot.Weighted(3, "c")]);
        Assert.Equal(1m, result.Stages[1].NonTransferable);
        Assert.Equal(["c"], result.Elected);
    }
}
