using Plenum.Voting.Tally;

namespace Plenum.Voting.Schulze;

/// <summary>The Schulze method (Markus Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method").</summary>
public static class SchulzeMethod
{
    /// <summary>Ranks with honest ties: options share a rank where the ballots do not part them. Time grows with options³.</summary>
    public static SchulzeResult<TOption> Rank<TOption>(PairwiseMatrix<TOption> matrix, DefeatStrength strength = DefeatStrength.Margins)
        where TOption : notnull
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var count = matrix.Options.Count;
        var paths = StrongestPaths.Of(LinkOrder.Strengths(matrix, strength, TieBreaking.EarlierFirst).Strengths, count);
        var ranks = new List<IReadOnlyList<TOption>>();
        var remaining = Enumerable.Range(0, count).ToList();
        while (remaining.Count > 0)
        {
            // Beating is a strict partial order (Schulze §4.1), so somebody is always unbeaten.
            var unbeaten = remaining.Where(i => !remaining.Exists(j => paths[(j * count) + i] > paths[(i * count) + j])).ToArray();
            ranks.Add([.. unbeaten.Select(i => matrix.Options[i])]);
            remaining.RemoveAll(unbeaten.Contains);
        }

        return new(ranks);
    }

    /// <summary>Ranks without ties, as LiquidFeedback does; the last resort is the order of the options.</summary>
    /// <returns>One option per rank.</returns>
    public static SchulzeResult<TOption> RankWithoutTies<TOption>(
        PairwiseMatrix<TOption> matrix,
        DefeatStrength strength = DefeatStrength.WinningVotesThenLosingVotes,
        TieBreaking tieBreaking = TieBreaking.Variant1)
        where TOption : notnull
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var (order, _) = LinearRanking.Of(matrix, strength, tieBreaking);
        return new([.. order.Select(i => (IReadOnlyList<TOption>)[matrix.Options[i]])]);
    }
}
