namespace Plenum.Voting.Schulze;

/// <summary>
/// Parts two options whose strongest paths have the same weakest link: that link is forbidden for both, again and again, until one direction is stronger.
/// </summary>
/// <remarks>
/// Recomputing every path after every forbidden link costs options⁵ per pair. Links differ in strength, so one sweep from the strongest to the weakest
/// does the same: a link that would open both directions at once is the common weakest one and is left out; a link that opens one direction decides.
/// The direct link decides at the latest, so the sweep always ends with an answer. Cost per pair: options².
/// </remarks>
internal static class TiedPair
{
    public static bool FirstWins(int first, int second, int count, int[] linksByStrength)
    {
        var fromFirst = new Reach(first, count);
        var fromSecond = new Reach(second, count);
        var toFirst = new Reach(first, count);
        var toSecond = new Reach(second, count);
        foreach (var link in linksByStrength)
        {
            var (winner, loser) = Math.DivRem(link, count);
            var opensForth = fromFirst.Contains(winner) && toSecond.Contains(loser);
            var opensBack = fromSecond.Contains(winner) && toFirst.Contains(loser);
            if (opensForth != opensBack)
            {
                return opensForth;
            }

            if (!opensForth)
            {
                fromFirst.Add(winner, loser);
                fromSecond.Add(winner, loser);
                toFirst.Add(loser, winner);
                toSecond.Add(loser, winner);
            }
        }

        return first < second;
    }

    /// <summary>What can be reached from one option while links are added.</summary>
    private sealed class Reach
    {
        private readonly bool[] _reached;
        private readonly List<int>?[] _waiting;
        private readonly Stack<int> _new = new();

        public Reach(int start, int count)
        {
            _reached = new bool[count];
            _reached[start] = true;
            _waiting = new List<int>?[count];
        }

        public bool Contains(int option) => _reached[option];

        public void Add(int from, int to)
        {
            if (!_reached[from])
            {
                (_waiting[from] ??= []).Add(to);
                return;
            }

            _new.Push(to);
            while (_new.TryPop(out var option))
            {
                if (_reached[option])
                {
                    continue;
                }

                _reached[option] = true;
                _waiting[option]?.ForEach(_new.Push);
                _waiting[option] = null;
            }
        }
    }
}
