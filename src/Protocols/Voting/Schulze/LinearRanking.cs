using Plenum.Voting.Tally;

namespace Plenum.Voting.Schulze;

/// <summary>The Schulze ranking without shared places.</summary>
internal static class LinearRanking
{
    /// <returns>The indexes of the options, best first, and per path [from * count + to] whether its weakest link is at least a tie.</returns>
    public static (int[] Order, bool[] IsBeatOrTie) Of<TOption>(PairwiseMatrix<TOption> matrix, DefeatStrength strength, TieBreaking tieBreaking)
        where TOption : notnull
    {
        var count = matrix.Options.Count;
        var (links, firstTie) = LinkOrder.Strengths(matrix, strength, tieBreaking);
        var paths = StrongestPaths.Of(links, count);
        var beats = new bool[count * count];
        var sorted = new Lazy<int[]>(() => [.. Enumerable.Range(0, count * count).Where(link => links[link] > 0).OrderByDescending(link => links[link])]);
        for (var i = 0; i < count; i++)
        {
            for (var j = i + 1; j < count; j++)
            {
                var (forth, back) = (paths[(i * count) + j], paths[(j * count) + i]);
                if (forth == back && tieBreaking == TieBreaking.EarlierFirst)
                {
                    continue;
                }

                var first = forth != back ? forth > back : TiedPair.FirstWins(i, j, count, sorted.Value);
                beats[first ? (i * count) + j : (j * count) + i] = true;
            }
        }

        return (Sort(beats, count), [.. paths.Select(path => path >= firstTie)]);
    }

    private static int[] Sort(bool[] beats, int count)
    {
        var order = new int[count];
        var remaining = Enumerable.Range(0, count).ToList();
        for (var place = 0; place < count; place++)
        {
            var next = remaining.FindIndex(i => !remaining.Exists(j => beats[(j * count) + i]));
            order[place] = remaining[Math.Max(next, 0)];
            remaining.RemoveAt(Math.Max(next, 0));
        }

        return order;
    }
}
