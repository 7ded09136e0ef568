using Plenum.Voting.Tally;

namespace Plenum.Voting.Stv;

/// <summary>
/// Single transferable vote by the rules of the Scottish local elections (Scottish Local Government Elections Order 2011, Schedule 1, rules 45-52):
/// weighted inclusive Gregory transfers, values cut to five decimals, one surplus or exclusion per stage.
/// </summary>
public static class ScottishStv
{
    /// <summary>Counts.</summary>
    /// <param name="seats">At least 1.</param>
    /// <param name="candidates">Each once.</param>
    /// <param name="ballots">A paper without a single first preference is invalid; a shared place ends its preferences.</param>
    /// <param name="lot">
    /// The candidates in the order drawn by lot before the count: the earlier one's surplus goes first, the earlier one is excluded first, where no stage
    /// before parts them. Null: the order of <paramref name="candidates"/>.
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
        return new ScottishCount<TOption>(seats, all, StvPapers.Read(all, ballots), StvPapers.LotOrder(all, lot)).Run();
    }
}
