using Plenum.Voting.Tally;

namespace Plenum.Voting.Stv;

/// <summary>
/// Single transferable vote by Meek's method (Hill, Wichmann, Woodall: Algorithm 123, Computer Journal 30, 1987) in fixed decimals: nine places, the share
/// a candidate keeps rounded up, iteration until the surplus is below 0.000001 or stops falling.
/// </summary>
public static class MeekStv
{
    /// <summary>Counts.</summary>
    /// <param name="seats">At least 1.</param>
    /// <param name="candidates">Each once.</param>
    /// <param name="ballots">A shared place ends a paper's preferences.</param>
    /// <param name="lot">
    /// The candidates in the order drawn by lot before the count: of those equal at exclusion the earlier one is excluded. Null: the order of
    /// <paramref name="candidates"/>.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">No seat, or more than 1,000,000,000 ballots.</exception>
    public static StvResult<TOption> Count<TOption>(
        int seats, IEnumerable<TOption> candidates, IEnumerable<RankedBallot<TOption>> ballots, IReadOnlyList<TOption>? lot = null)
        where TOption : notnull
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(seats, 1);
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(ballots);
        TOption[] all = [.. candidates.Distinct()];
        return new MeekCount<TOption>(seats, all, StvPapers.Read(all, ballots), StvPapers.LotOrder(all, lot)).Run();
    }
}
