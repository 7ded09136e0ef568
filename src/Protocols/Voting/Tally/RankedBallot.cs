namespace Plenum.Voting.Tally;

/// <summary>A ranked ballot: groups of equally liked options, best group first. Options left out are read by <see cref="UnrankedOptions"/>.</summary>
/// <typeparam name="TOption">Identifies an option (candidate, motion); compared with its default equality.</typeparam>
public sealed class RankedBallot<TOption>
    where TOption : notnull
{
    /// <param name="ranks">Groups, best first; a group of several options is a tie. Empty groups count as absent; of an option named twice the first place counts.</param>
    /// <param name="weight">How many identical ballots this one stands for, at least 0.</param>
    public RankedBallot(IEnumerable<IReadOnlyList<TOption>> ranks, long weight = 1)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        ArgumentOutOfRangeException.ThrowIfNegative(weight);
        var seen = new HashSet<TOption>();
        var clean = new List<IReadOnlyList<TOption>>();
        foreach (var rank in ranks)
        {
            TOption[] group = [.. rank.Where(seen.Add)];
            if (group.Length > 0)
            {
                clean.Add(group);
            }
        }

        Ranks = clean;
        Weight = weight;
    }

    /// <summary>Groups of options, best first; no group is empty, no option occurs twice.</summary>
    public IReadOnlyList<IReadOnlyList<TOption>> Ranks { get; }

    /// <summary>How many identical ballots this one stands for.</summary>
    public long Weight { get; }

    public override string ToString() => $"{string.Join(" > ", Ranks.Select(rank => string.Join(" = ", rank)))} * {Weight}";
}

/// <summary>Makes ranked ballots.</summary>
public static class RankedBallot
{
    /// <summary>A ballot without ties, best option first.</summary>
    public static RankedBallot<TOption> Of<TOption>(params IReadOnlyList<TOption> options)
        where TOption : notnull => new(options.Select(option => (IReadOnlyList<TOption>)[option]));

    /// <summary>A ballot without ties that stands for <paramref name="weight"/> equal ones.</summary>
    public static RankedBallot<TOption> Weighted<TOption>(long weight, params IReadOnlyList<TOption> options)
        where TOption : notnull => new(options.Select(option => (IReadOnlyList<TOption>)[option]), weight);

    /// <summary>A ballot from numbers: the higher the grade the better, equal grades tie.</summary>
    public static RankedBallot<TOption> FromGrades<TOption>(IEnumerable<KeyValuePair<TOption, int>> grades, long weight = 1)
        where TOption : notnull
    {
        ArgumentNullException.ThrowIfNull(grades);
        return new(
            grades.GroupBy(pair => pair.Value).OrderByDescending(group => group.Key)
                .Select(group => (IReadOnlyList<TOption>)[.. group.Select(pair => pair.Key)]),
            weight);
    }
}
