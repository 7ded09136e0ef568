using Plenum.Voting.Delegation;
using Plenum.Voting.Tally;

namespace Plenum.Voting.LiquidFeedback;

/// <summary>Closes and counts the vote on an issue as LiquidFeedback core 3.0.4 does.</summary>
public static class IssueVote
{
    /// <summary>Counts.</summary>
    /// <param name="policy">Majorities and tie-breaking.</param>
    /// <param name="initiatives">The admitted initiatives by id: the order is the last resort against ties.</param>
    /// <param name="ballots">
    /// Per direct voter the grades of initiatives: above 0 for, below 0 against, 0 or missing abstention, level with the status quo; a higher grade is
    /// preferred. The caller leaves out ballots of members who are inactive or not entitled at the close: core deletes them before it counts.
    /// </param>
    /// <param name="delegations">The delegations effective for this issue at the close (or at the freeze, where the statutes want that).</param>
    public static VoteResult<TMember, TInitiative> Count<TMember, TInitiative>(
        VotingPolicy policy,
        IReadOnlyList<TInitiative> initiatives,
        IReadOnlyDictionary<TMember, IReadOnlyDictionary<TInitiative, int>> ballots,
        EffectiveDelegations<TMember> delegations)
        where TMember : notnull
        where TInitiative : notnull
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(initiatives);
        ArgumentNullException.ThrowIfNull(ballots);
        ArgumentNullException.ThrowIfNull(delegations);
        var weights = delegations.Weigh(ballots.Keys);
        var graded = ballots.Select(ballot => (Weight: weights.Direct[ballot.Key], Grades: Grades(initiatives, ballot.Value))).ToList();
        var matrix = PairwiseMatrix.Count(Enumerable.Range(0, initiatives.Count + 1), graded.Select(ballot => ToRanks(ballot.Grades, ballot.Weight)));
        var numbers = initiatives.Select((initiative, index) => KeyValuePair.Create(initiative, index + 1)).ToDictionary();
        var firstPreferences = FirstPreferences(initiatives.Count, graded);
        var (ranks, results) = new IssueCount(policy, matrix, weights.Total).Results(initiatives, firstPreferences);
        return new(weights, ranks[0], results, new(matrix, numbers));
    }

    /// <summary>Grades by number, the status quo first with grade 0.</summary>
    private static int[] Grades<TInitiative>(IReadOnlyList<TInitiative> initiatives, IReadOnlyDictionary<TInitiative, int> grades)
        => [0, .. initiatives.Select(initiative => grades.TryGetValue(initiative, out var grade) ? grade : 0)];

    private static RankedBallot<int> ToRanks(int[] grades, long weight)
        => RankedBallot.FromGrades(grades.Select((grade, number) => KeyValuePair.Create(number, grade)), weight);

    private static long[] FirstPreferences(int initiatives, List<(long Weight, int[] Grades)> ballots)
    {
        var counts = new long[initiatives + 1];
        foreach (var (weight, grades) in ballots)
        {
            var best = grades.Max();
            for (var i = 1; i < grades.Length && best > 0; i++)
            {
                counts[i] += grades[i] == best ? weight : 0;
            }
        }

        return counts;
    }
}
