namespace Plenum.Voting.Stv;

/// <summary>A running count. Votes and keep values are whole numbers of 0.000000001.</summary>
internal sealed class MeekCount<TOption>(int seats, TOption[] candidates, List<(int[] Preferences, long Count)> papers, int[] lot)
    where TOption : notnull
{
    private const long Unit = 1_000_000_000;

    /// <summary>An iteration ends when all surpluses together are below this: 0.000001 votes.</summary>
    private const long Omega = 1_000;

    private readonly long[] _keep = [.. candidates.Select(_ => Unit)];
    private readonly long[] _votes = new long[candidates.Length];
    private readonly List<int> _elected = [];
    private readonly HashSet<int> _hopeful = [.. Enumerable.Range(0, candidates.Length)];
    private readonly List<StvStage<TOption>> _stages = [];
    private long _excess;
    private long _quota;

    public StvResult<TOption> Run()
    {
        var (what, candidate, byLot) = (StvEvent.FirstPreferences, (int?)null, false);
        while (_elected.Count < seats && _elected.Count + _hopeful.Count > seats)
        {
            var (elected, surplus) = Iterate();
            Record(what, candidate, elected, byLot);
            (what, candidate, byLot) = (StvEvent.Iterated, null, false);
            if (elected.Count == 0)
            {
                (var lowest, byLot) = Lowest(surplus);
                _hopeful.Remove(lowest);
                _keep[lowest] = 0;
                (what, candidate) = (StvEvent.Excluded, lowest);
            }
        }

        if (_elected.Count < seats && _hopeful.Count > 0)
        {
            Distribute();
            if (candidate is not null)
            {
                Record(what, candidate, [], byLot);
            }

            var rest = _hopeful.OrderByDescending(i => _votes[i]).ThenBy(i => lot[i]).ToList();
            _hopeful.Clear();
            Record(StvEvent.LastVacancies, null, rest, false);
        }

        return new([.. _elected.Select(i => candidates[i])], _stages);
    }

    /// <summary>Changes keep values until somebody is elected or nothing moves any more.</summary>
    private (List<int> Elected, long Surplus) Iterate()
    {
        var before = long.MaxValue;
        while (true)
        {
            Distribute();
            var elected = _hopeful.Where(i => _votes[i] >= _quota).OrderByDescending(i => _votes[i]).ThenBy(i => lot[i]).Take(seats - _elected.Count).ToList();
            if (elected.Count > 0)
            {
                _hopeful.ExceptWith(elected);
                return (elected, 0);
            }

            var surplus = _elected.Sum(i => Math.Max(0, _votes[i] - _quota));
            if (surplus < Omega || surplus >= before)
            {
                return ([], surplus);
            }

            before = surplus;
            foreach (var i in _elected)
            {
                _keep[i] = Math.Min(Unit, DivideUp((UInt128)_keep[i] * (UInt128)_quota, (UInt128)_votes[i]));
            }
        }
    }

    private void Distribute()
    {
        Array.Clear(_votes);
        _excess = 0;
        foreach (var (preferences, count) in papers)
        {
            var rest = Unit;
            foreach (var i in preferences)
            {
                var kept = _keep[i] == Unit ? rest : DivideUp((UInt128)rest * (UInt128)_keep[i], Unit);
                _votes[i] += kept * count;
                rest -= kept;
                if (rest <= 0)
                {
                    break;
                }
            }

            _excess += rest * count;
        }

        _quota = (_votes.Sum() / (seats + 1)) + 1;
    }

    /// <summary>Those no further from the lowest than the surplus still to come count as equal to it: the rest of the iteration could not part them surely.</summary>
    private (int Candidate, bool ByLot) Lowest(long surplus)
    {
        var least = _hopeful.Min(i => _votes[i]);
        var equal = _hopeful.Where(i => _votes[i] <= least + surplus).ToList();
        return (equal.MinBy(i => lot[i]), equal.Count > 1);
    }

    private void Record(StvEvent what, int? candidate, List<int> elected, bool byLot)
    {
        _elected.AddRange(elected);
        _stages.Add(new(
            what,
            candidate is { } i ? candidates[i] : default,
            candidates.Select((name, number) => KeyValuePair.Create(name, (decimal)_votes[number] / Unit)).ToDictionary(),
            (decimal)_excess / Unit,
            (decimal)_quota / Unit,
            [.. elected.Select(number => candidates[number])],
            byLot));
    }

    private static long DivideUp(UInt128 dividend, UInt128 divisor) => (long)((dividend + divisor - 1) / divisor);
}
