namespace Plenum.Voting.Harmonic;

/// <summary>A ballot of the proportional order.</summary>
/// <param name="Weight">At least 0.</param>
/// <param name="Sections">Groups of options, the most wanted group first; within a group all are wanted alike.</param>
public sealed record SectionBallot<TOption>(long Weight, IReadOnlyList<IReadOnlyCollection<TOption>> Sections)
    where TOption : notnull;

/// <summary>
/// LiquidFeedback's proportional run-off, used for suggestions (four sections, see <c>SuggestionOpinion</c>) and for issues in admission (one section:
/// the supporters of an issue). Places are given from the last to the first. For each place every ballot spreads its weight over the options of its best
/// section that are still in the run and not yet safe; all grow in proportion until one reaches 1 and is safe; the last one left gets the worst free place.
/// </summary>
public static class ProportionalOrder
{
    /// <summary>Places from 1, the best. An option that no ballot of positive weight names has no place and is left out.</summary>
    /// <param name="options">All options in the order of their age; where the run-off ties, the earlier one gets the worse place, as in core.</param>
    /// <param name="ballots">An option named in two sections of a ballot counts in the first; unknown options are passed over.</param>
    public static IReadOnlyDictionary<TOption, int> Rank<TOption>(IEnumerable<TOption> options, IEnumerable<SectionBallot<TOption>> ballots)
        where TOption : notnull
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(ballots);
        var indexes = options.Distinct().Select((option, index) => (option, index)).ToDictionary(pair => pair.option, pair => pair.index);
        var read = ballots.Where(ballot => ballot.Weight > 0).Select(ballot => (ballot.Weight, Sections: Read(ballot, indexes))).ToList();
        var inRun = new bool[indexes.Count];
        foreach (var option in read.SelectMany(ballot => ballot.Sections).SelectMany(section => section))
        {
            inRun[option] = true;
        }

        var places = new Dictionary<TOption, int>();
        var names = indexes.ToDictionary(pair => pair.Value, pair => pair.Key);
        for (var place = inRun.Count(isIn => isIn); place > 0; place--)
        {
            var last = place == 1 ? Array.IndexOf(inRun, true) : LastOf(inRun, place, read);
            places[names[last]] = place;
            inRun[last] = false;
        }

        return places;
    }

    private static int[][] Read<TOption>(SectionBallot<TOption> ballot, Dictionary<TOption, int> indexes)
        where TOption : notnull
    {
        var seen = new HashSet<TOption>();
        return [.. ballot.Sections.Select(section => section.Where(option => indexes.ContainsKey(option) && seen.Add(option)).Select(option => indexes[option]).ToArray())];
    }

    /// <summary>The run for one place: who is last below 1.</summary>
    private static int LastOf(bool[] inRun, int remaining, List<(long Weight, int[][] Sections)> ballots)
    {
        var growing = (bool[])inRun.Clone();
        var scores = new double[inRun.Length];
        while (remaining > 1)
        {
            var rates = Rates(growing, ballots);
            var scale = double.PositiveInfinity;
            for (var i = 0; i < rates.Length; i++)
            {
                scale = rates[i] > 0 ? Math.Min(scale, (1.0 - scores[i]) / rates[i]) : scale;
            }

            for (var i = 0; i < rates.Length && remaining > 1; i++)
            {
                if (rates[i] <= 0)
                {
                    continue;
                }

                var isFirst = (1.0 - scores[i]) / rates[i] <= scale;
                scores[i] = isFirst ? 1.0 : scores[i] + (scale * rates[i]);
                if (scores[i] >= 1.0)
                {
                    growing[i] = false;
                    remaining--;
                }
            }
        }

        return Array.IndexOf(growing, true);
    }

    /// <summary>Weight per option. It is added up as whole numbers per divisor, so that the order of the ballots changes no digit.</summary>
    private static double[] Rates(bool[] growing, List<(long Weight, int[][] Sections)> ballots)
    {
        var byDivisor = new SortedDictionary<int, long[]>();
        foreach (var (weight, sections) in ballots)
        {
            foreach (var section in sections)
            {
                var divisor = section.Count(option => growing[option]);
                if (divisor == 0)
                {
                    continue;
                }

                if (!byDivisor.TryGetValue(divisor, out var sums))
                {
                    byDivisor.Add(divisor, sums = new long[growing.Length]);
                }

                foreach (var option in section)
                {
                    sums[option] += growing[option] ? weight : 0;
                }

                break;
            }
        }

        var rates = new double[growing.Length];
        foreach (var (divisor, sums) in byDivisor)
        {
            for (var i = 0; i < rates.Length; i++)
            {
                rates[i] += (double)sums[i] / divisor;
            }
        }

        return rates;
    }
}
