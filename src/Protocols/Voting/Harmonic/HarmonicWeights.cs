namespace Plenum.Voting.Harmonic;

/// <summary>A supporter's support of one initiative.</summary>
/// <param name="Weight">The supporter's weight with delegations.</param>
/// <param name="IsSatisfied">He has no critical opinion about it.</param>
public readonly record struct HarmonicSupport<TMember, TInitiative>(TMember Member, long Weight, TInitiative Initiative, bool IsSatisfied)
    where TMember : notnull
    where TInitiative : notnull;

/// <summary>
/// LiquidFeedback's harmonic weighting, which orders the initiatives of an issue so that a noisy minority that supports many of them cannot fill the
/// first places: each supporter's weight is divided by the number of remaining initiatives he supports; the lightest initiative gets its weight fixed
/// and leaves; repeat.
/// </summary>
public static class HarmonicWeights
{
    /// <summary>Weights in thousandths precision (three decimals, half away from zero), as core stores them.</summary>
    /// <param name="initiatives">All initiatives of the issue in the order of their age; of two equally light ones the later leaves first.</param>
    /// <param name="isAdmitted">Admitted ones leave after all others, and only satisfied support counts for them.</param>
    /// <param name="supports">Each pair of supporter and initiative at most once; support of an initiative not listed is passed over.</param>
    public static IReadOnlyDictionary<TInitiative, decimal> Weigh<TMember, TInitiative>(
        IEnumerable<TInitiative> initiatives, Func<TInitiative, bool> isAdmitted, IEnumerable<HarmonicSupport<TMember, TInitiative>> supports)
        where TMember : notnull
        where TInitiative : notnull
    {
        ArgumentNullException.ThrowIfNull(initiatives);
        ArgumentNullException.ThrowIfNull(isAdmitted);
        ArgumentNullException.ThrowIfNull(supports);
        var remaining = initiatives.Distinct().ToList();
        var admitted = remaining.Where(isAdmitted).ToHashSet();
        var known = remaining.ToHashSet();
        var counted = supports.Where(support => known.Contains(support.Initiative) && (support.IsSatisfied || !admitted.Contains(support.Initiative)));
        var supporters = counted.GroupBy(support => support.Member).Select(group => (group.First().Weight, Initiatives: group.Select(s => s.Initiative).ToHashSet())).ToList();
        var weights = new Dictionary<TInitiative, decimal>();
        while (remaining.Count > 0)
        {
            var candidates = remaining.Exists(i => !admitted.Contains(i)) ? remaining.Where(i => !admitted.Contains(i)) : remaining;
            var current = candidates.Select(candidate => (Initiative: candidate, Weight: Sum(candidate, supporters))).ToList();
            var least = current.Min(pair => pair.Weight);
            var lightest = current.FindLast(pair => pair.Weight == least).Initiative;
            weights[lightest] = least;
            remaining.Remove(lightest);
            supporters.ForEach(supporter => supporter.Initiatives.Remove(lightest));
        }

        return weights;
    }

    /// <summary>Weights are first added up as whole numbers per divisor, so that no order of the supporters changes a digit.</summary>
    private static decimal Sum<TInitiative>(TInitiative initiative, List<(long Weight, HashSet<TInitiative> Initiatives)> supporters)
        where TInitiative : notnull
    {
        var byDivisor = supporters.Where(supporter => supporter.Initiatives.Contains(initiative)).GroupBy(supporter => supporter.Initiatives.Count).OrderBy(group => group.Key);
        var sum = byDivisor.Sum(group => (decimal)group.Sum(supporter => supporter.Weight) / group.Key);
        return Math.Round(Math.Round(sum, 9, MidpointRounding.AwayFromZero), 3, MidpointRounding.AwayFromZero);
    }
}
