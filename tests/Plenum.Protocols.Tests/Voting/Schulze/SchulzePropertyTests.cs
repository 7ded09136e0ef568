using CsCheck;
using Plenum.Voting.Schulze;
using Plenum.Voting.Tally;

namespace Plenum.Protocols.Tests.Voting.Schulze;

public sealed class SchulzePropertyTests
{
    private const int Options = 5;

    /// <summary>Ballots as grades, the higher the better; many ties.</summary>
    private static readonly Gen<int[][]> Ballots = Gen.Int[0, 4].Array[Options].Array[1, 12];

    private static readonly DefeatStrength[] Strengths = Enum.GetValues<DefeatStrength>();

    [Fact]
    public void Names_of_options_do_not_matter()
        => Gen.Select(Ballots, Gen.Shuffle(Enumerable.Range(0, Options).ToArray())).Sample((ballots, renamed) =>
        {
            foreach (var strength in Strengths)
            {
                var plain = SchulzeMethod.Rank(Count(ballots), strength);
                var other = SchulzeMethod.Rank(Count([.. ballots.Select(ballot => renamed.Select(i => ballot[i]).ToArray())]), strength);
                Assert.All(Enumerable.Range(0, Options), i => Assert.Equal(plain.RankOf(renamed[i]), other.RankOf(i)));
            }
        }, iter: 300);

    [Fact]
    public void The_order_and_the_bundling_of_ballots_do_not_matter()
        => Ballots.Sample(ballots =>
        {
            var reversed = Count([.. ballots.Reverse()]);
            var halves = (Count(ballots[..(ballots.Length / 2)]), Count(ballots[(ballots.Length / 2)..]));
            var whole = Count(ballots);
            foreach (var (a, b) in Pairs())
            {
                Assert.Equal(whole[a, b], reversed[a, b]);
                Assert.Equal(whole[a, b], halves.Item1[a, b] + halves.Item2[a, b]);
                Assert.InRange(whole[a, b] + whole[b, a], 0, ballots.Length);
            }
        }, iter: 300);

    [Fact]
    public void Raising_a_winner_does_not_harm_it()
        => Gen.Select(Ballots, Gen.Int[0, 11], Gen.Int[1, 5]).Sample((ballots, which, by) =>
        {
            foreach (var strength in Strengths)
            {
                var winner = SchulzeMethod.Rank(Count(ballots), strength).Winners[0];
                var raised = ballots.Select(ballot => (int[])ballot.Clone()).ToArray();
                raised[which % ballots.Length][winner] += by;
                Assert.Contains(winner, SchulzeMethod.Rank(Count(raised), strength).Winners);
            }
        }, iter: 300);

    [Fact]
    public void A_Condorcet_winner_wins_and_every_winner_is_in_the_Smith_set()
        => Ballots.Sample(ballots =>
        {
            var matrix = Count(ballots);
            var smith = matrix.SmithSet();
            foreach (var strength in Strengths)
            {
                var winners = SchulzeMethod.Rank(matrix, strength).Winners;
                Assert.Subset(smith.ToHashSet(), winners.ToHashSet());
                if (matrix.TryGetCondorcetWinner(out var winner))
                {
                    Assert.Equal([winner], winners);
                    Assert.Equal([winner], smith);
                }
            }
        }, iter: 500);

    [Fact]
    public void A_sole_winner_does_not_win_when_all_ballots_are_turned_round()
        => Ballots.Sample(ballots =>
        {
            var winners = SchulzeMethod.Rank(Count(ballots)).Winners;
            var turned = SchulzeMethod.Rank(Count([.. ballots.Select(ballot => ballot.Select(grade => -grade).ToArray())])).Winners;
            Assert.True(winners.Count > 1 || !turned.Contains(winners[0]) || Options == 1);
        }, iter: 300);

    [Fact]
    public void Every_tie_breaking_gives_each_option_a_place_and_keeps_every_beat()
        => Ballots.Sample(ballots =>
        {
            var matrix = Count(ballots);
            foreach (var strength in Strengths)
            {
                var byHand = SchulzePathsByHand.Of(matrix, strength);
                foreach (var tieBreaking in Enum.GetValues<TieBreaking>())
                {
                    var ranked = SchulzeMethod.RankWithoutTies(matrix, strength, tieBreaking);
                    Assert.Equal(Options, ranked.Ranks.Count);
                    Assert.All(Pairs().Where(pair => byHand.Beats(pair.A, pair.B)), pair => Assert.True(ranked.RankOf(pair.A) < ranked.RankOf(pair.B)));
                }
            }
        }, iter: 150);

    private static PairwiseMatrix<int> Count(int[][] ballots)
        => PairwiseMatrix.Count(
            Enumerable.Range(0, Options), ballots.Select(ballot => RankedBallot.FromGrades(ballot.Select((grade, i) => KeyValuePair.Create(i, grade)))));

    private static IEnumerable<(int A, int B)> Pairs()
        => Enumerable.Range(0, Options).SelectMany(a => Enumerable.Range(0, Options).Where(b => b != a).Select(b => (a, b)));
}
