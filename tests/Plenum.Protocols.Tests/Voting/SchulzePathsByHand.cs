using Plenum.Voting.Schulze;
using Plenum.Voting.Tally;

namespace Plenum.Protocols.Tests.Voting;

/// <summary>Who beats whom, found the slow way: for each threshold, who is reachable over links at least that strong.</summary>
internal sealed class SchulzePathsByHand
{
    private readonly Dictionary<(int From, int To), (long Primary, long Second)> _best = [];

    public static SchulzePathsByHand Of(PairwiseMatrix<int> matrix, DefeatStrength strength)
    {
        var found = new SchulzePathsByHand();
        (long Primary, long Second) Link(int a, int b)
        {
            var (wins, losses) = (matrix[a, b], matrix[b, a]);
            return strength switch
            {
                DefeatStrength.Margins => (wins - losses, 0),
                DefeatStrength.WinningVotes => (wins > losses ? wins : 0, 0),
                _ => wins > losses ? (wins, -losses) : (wins == losses ? 0 : -1, 0),
            };
        }

        var pairs = matrix.Options.SelectMany(a => matrix.Options.Where(b => b != a).Select(b => (a, b))).ToList();
        foreach (var threshold in pairs.Select(pair => Link(pair.a, pair.b)).Distinct().OrderDescending())
        {
            foreach (var start in matrix.Options)
            {
                var reached = new HashSet<int> { start };
                while (pairs.FirstOrDefault(p => reached.Contains(p.a) && !reached.Contains(p.b) && Link(p.a, p.b).CompareTo(threshold) >= 0, (a: -1, b: -1)) is ( >= 0, _) next)
                {
                    reached.Add(next.b);
                    found._best.TryAdd((start, next.b), threshold);
                }
            }
        }

        return found;
    }

    public bool Beats(int a, int b) => a != b && _best[(a, b)].CompareTo(_best[(b, a)]) > 0;
}
