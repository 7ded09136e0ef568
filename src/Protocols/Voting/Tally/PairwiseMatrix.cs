namespace Plenum.Voting.Tally;

/// <summary>The Condorcet matrix: for each ordered pair of options, how many voters prefer the first to the second.</summary>
/// <typeparam name="TOption">Identifies an option.</typeparam>
public sealed class PairwiseMatrix<TOption>
    where TOption : notnull
{
    private readonly long[] _preferring;
    private readonly Dictionary<TOption, int> _indexes;

    internal PairwiseMatrix(TOption[] options, Dictionary<TOption, int> indexes, long[] preferring)
    {
        Options = options;
        _indexes = indexes;
        _preferring = preferring;
    }

    /// <summary>The options in the order given to the count; methods that need a last resort against ties prefer the earlier one and say so.</summary>
    public IReadOnlyList<TOption> Options { get; }

    /// <summary>Weight of the ballots that prefer <paramref name="winner"/> to <paramref name="loser"/>.</summary>
    /// <exception cref="KeyNotFoundException">One of the two is no option of this count.</exception>
    public long this[TOption winner, TOption loser] => At(_indexes[winner], _indexes[loser]);

    /// <summary>The option that wins every pairwise contest, if there is one; a tie in any contest means there is none.</summary>
    public bool TryGetCondorcetWinner(out TOption? winner)
    {
        for (var i = 0; i < Options.Count; i++)
        {
            if (WinsAll(i))
            {
                winner = Options[i];
                return true;
            }
        }

        winner = default;
        return false;
    }

    /// <summary>The Smith set: the smallest non-empty set of options each of which beats every option outside of it.</summary>
    public IReadOnlyList<TOption> SmithSet()
    {
        var count = Options.Count;
        if (count == 0)
        {
            return [];
        }

        // By Copeland score (wins over losses) the set is a prefix; it grows until nobody inside fails to beat somebody outside.
        var order = Enumerable.Range(0, count).OrderByDescending(Copeland).ToArray();
        var size = 1;
        for (var checkedCount = 0; checkedCount < size; checkedCount++)
        {
            for (var other = count - 1; other >= size; other--)
            {
                if (At(order[checkedCount], order[other]) <= At(order[other], order[checkedCount]))
                {
                    size = other + 1;
                }
            }
        }

        return [.. order.Take(size).Order().Select(i => Options[i])];
    }

    internal long At(int winner, int loser) => _preferring[(winner * Options.Count) + loser];

    internal int IndexOf(TOption option) => _indexes[option];

    private bool WinsAll(int i)
    {
        for (var j = 0; j < Options.Count; j++)
        {
            if (j != i && At(i, j) <= At(j, i))
            {
                return false;
            }
        }

        return true;
    }

    private int Copeland(int i)
    {
        var score = 0;
        for (var j = 0; j < Options.Count; j++)
        {
            score += Math.Sign(At(i, j) - At(j, i));
        }

        return score;
    }
}

/// <summary>Counts ranked ballots into a <see cref="PairwiseMatrix{TOption}"/>.</summary>
public static class PairwiseMatrix
{
    /// <summary>Counts in time proportional to ballots x options².</summary>
    /// <param name="options">Every option of the election, each once; repetitions are dropped.</param>
    /// <param name="ballots">The ballots; names that are no option are passed over.</param>
    /// <param name="unranked">How options left out by a ballot are read.</param>
    public static PairwiseMatrix<TOption> Count<TOption>(
        IEnumerable<TOption> options, IEnumerable<RankedBallot<TOption>> ballots, UnrankedOptions unranked = UnrankedOptions.RankedLast)
        where TOption : notnull
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(ballots);
        TOption[] all = [.. options.Distinct()];
        var indexes = Index(all);
        var preferring = new long[all.Length * all.Length];
        var flat = new int[all.Length];
        var groupEnds = new int[all.Length + 1];
        var ranked = new bool[all.Length];
        foreach (var ballot in ballots)
        {
            var (length, groups) = Flatten(ballot, indexes, flat, groupEnds, ranked);
            if (unranked == UnrankedOptions.RankedLast)
            {
                for (var option = 0; option < all.Length; option++)
                {
                    if (!ranked[option])
                    {
                        flat[length++] = option;
                    }
                }
            }

            Add(preferring, all.Length, flat.AsSpan(0, length), groupEnds.AsSpan(0, groups), ballot.Weight);
        }

        return new(all, indexes, preferring);
    }

    /// <summary>A matrix counted elsewhere.</summary>
    /// <param name="options">The options, each once.</param>
    /// <param name="preferring">Weight of the voters who prefer the first option to the second; asked once for each ordered pair.</param>
    public static PairwiseMatrix<TOption> FromCounts<TOption>(IEnumerable<TOption> options, Func<TOption, TOption, long> preferring)
        where TOption : notnull
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(preferring);
        TOption[] all = [.. options.Distinct()];
        var counts = new long[all.Length * all.Length];
        for (var i = 0; i < all.Length; i++)
        {
            for (var j = 0; j < all.Length; j++)
            {
                counts[(i * all.Length) + j] = i == j ? 0 : preferring(all[i], all[j]);
            }
        }

        return new(all, Index(all), counts);
    }

    private static Dictionary<TOption, int> Index<TOption>(TOption[] options)
        where TOption : notnull
    {
        var indexes = new Dictionary<TOption, int>(options.Length);
        for (var i = 0; i < options.Length; i++)
        {
            indexes.Add(options[i], i);
        }

        return indexes;
    }

    private static (int Length, int Groups) Flatten<TOption>(
        RankedBallot<TOption> ballot, Dictionary<TOption, int> indexes, int[] flat, int[] groupEnds, bool[] ranked)
        where TOption : notnull
    {
        Array.Clear(ranked);
        var (length, groups) = (0, 0);
        foreach (var rank in ballot.Ranks)
        {
            var before = length;
            foreach (var option in rank)
            {
                if (indexes.TryGetValue(option, out var index))
                {
                    ranked[index] = true;
                    flat[length++] = index;
                }
            }

            if (length > before)
            {
                groupEnds[groups++] = length;
            }
        }

        return (length, groups);
    }

    private static void Add(long[] preferring, int count, ReadOnlySpan<int> flat, ReadOnlySpan<int> groupEnds, long weight)
    {
        var start = 0;
        foreach (var end in groupEnds)
        {
            var worse = flat[end..];
            foreach (var better in flat[start..end])
            {
                var row = preferring.AsSpan(better * count, count);
                foreach (var loser in worse)
                {
                    row[loser] += weight;
                }
            }

            start = end;
        }
    }
}
