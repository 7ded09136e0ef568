using Plenum.Voting.Tally;

namespace Plenum.Voting.Stv;

/// <summary>Ballots as strict lists of candidate numbers. A shared place ends a paper's preferences there, as no single next candidate is named.</summary>
internal static class StvPapers
{
    /// <summary>Most ballots of one count: keeps nine decimals of all votes, times the seats, within 64 bits.</summary>
    public const long MaximumBallots = 1_000_000_000;

    public static List<(int[] Preferences, long Count)> Read<TOption>(TOption[] candidates, IEnumerable<RankedBallot<TOption>> ballots)
        where TOption : notnull
    {
        var numbers = candidates.Select((candidate, number) => KeyValuePair.Create(candidate, number)).ToDictionary();
        var papers = new Dictionary<string, (int[] Preferences, long Count)>();
        var total = 0L;
        foreach (var ballot in ballots)
        {
            int[] preferences =
            [
                .. ballot.Ranks.Select(rank => rank.Where(numbers.ContainsKey).Select(option => numbers[option]).ToArray())
                    .Where(rank => rank.Length > 0).TakeWhile(rank => rank.Length == 1).Select(rank => rank[0]),
            ];
            if (preferences.Length == 0 || ballot.Weight == 0)
            {
                continue;
            }

            total = checked(total + ballot.Weight);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(total, MaximumBallots, nameof(ballots));
            var key = string.Join(' ', preferences);
            papers[key] = (preferences, papers.TryGetValue(key, out var same) ? same.Count + ballot.Weight : ballot.Weight);
        }

        return [.. papers.Values];
    }

    public static int[] LotOrder<TOption>(TOption[] candidates, IReadOnlyList<TOption>? lot)
        where TOption : notnull
    {
        var drawn = (lot ?? candidates).Concat(candidates).Distinct().ToList();
        return [.. candidates.Select(candidate => drawn.IndexOf(candidate))];
    }
}
