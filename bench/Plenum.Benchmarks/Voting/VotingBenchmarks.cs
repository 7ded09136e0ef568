using BenchmarkDotNet.Attributes;
using Plenum.Voting.Delegation;
using Plenum.Voting.Schulze;
using Plenum.Voting.Stv;
using Plenum.Voting.Tally;

namespace Plenum.Benchmarks.Voting;

/// <summary>A large election (100 candidates, 10,000 complete ballots) and a large party's delegations (20,000 members, 15,000 delegations).</summary>
[MemoryDiagnoser]
public class VotingBenchmarks
{
    private const int Candidates = 100;
    private const int Members = 20_000;

    private int[] _candidates = [];
    private RankedBallot<int>[] _ballots = [];
    private RankedBallot<int>[] _board = [];
    private PairwiseMatrix<int> _matrix = null!;
    private VoteDelegation<int>[] _delegations = [];
    private int[] _participants = [];

    [GlobalSetup]
    public void Prepare()
    {
        var random = new Random(1);
        _candidates = [.. Enumerable.Range(0, Candidates)];
        _ballots = [.. Enumerable.Range(0, 10_000).Select(_ =>
        {
            var order = (int[])_candidates.Clone();
            random.Shuffle(order);
            return RankedBallot.Of(order);
        })];
        _board = [.. Enumerable.Range(0, 1_000).Select(_ =>
        {
            var order = _candidates[..20];
            random.Shuffle(order);
            return RankedBallot.Of(order[..random.Next(1, 11)]);
        })];
        _matrix = PairwiseMatrix.Count(_candidates, _ballots);
        _delegations = [.. Enumerable.Range(0, 15_000).Select(truster => VoteDelegation.To(truster, random.Next(Members), DelegationScope.Unit))];
        _participants = [.. Enumerable.Range(0, Members).Where(_ => random.Next(4) == 0)];
    }

    [Benchmark]
    public SchulzeResult<int> Count_and_rank_100_candidates_on_10000_ballots() => SchulzeMethod.Rank(PairwiseMatrix.Count(_candidates, _ballots));

    [Benchmark]
    public SchulzeResult<int> Rank_100_candidates_without_ties() => SchulzeMethod.RankWithoutTies(_matrix);

    [Benchmark]
    public long Weigh_15000_delegations_of_20000_members() => new EffectiveDelegations<int>(_delegations, _ => true).Weigh(_participants).Total;

    [Benchmark]
    public StvResult<int> Scottish_count_of_10_seats() => ScottishStv.Count(10, _candidates, _ballots);

    [Benchmark]
    public StvResult<int> Meek_count_of_10_seats() => MeekStv.Count(10, _candidates, _ballots);

    /// <summary>A board of a large congress: 5 seats, 20 candidates, 1,000 papers that name up to ten.</summary>
    [Benchmark]
    public StvResult<int> Meek_count_of_a_board() => MeekStv.Count(5, _candidates.Take(20), _board);
}
