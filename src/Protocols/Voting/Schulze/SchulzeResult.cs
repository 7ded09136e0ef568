namespace Plenum.Voting.Schulze;

/// <summary>The outcome of the Schulze method.</summary>
/// <param name="Ranks">Groups of options, best first. Within a group nobody beats another one and nobody outside the better groups beats them.</param>
public sealed record SchulzeResult<TOption>(IReadOnlyList<IReadOnlyList<TOption>> Ranks)
    where TOption : notnull
{
    private readonly Dictionary<TOption, int> _ranks = Ranks
        .SelectMany((group, rank) => group.Select(option => KeyValuePair.Create(option, rank + 1))).ToDictionary();

    /// <summary>The best group: one option, or several that the ballots do not part.</summary>
    public IReadOnlyList<TOption> Winners => Ranks.Count == 0 ? [] : Ranks[0];

    /// <summary>The place of an option, from 1.</summary>
    /// <exception cref="KeyNotFoundException">It was no option of this election.</exception>
    public int RankOf(TOption option) => _ranks[option];
}
