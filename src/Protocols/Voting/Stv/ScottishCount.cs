namespace Plenum.Voting.Stv;

/// <summary>A running count. Votes and values are whole numbers of 0.00001.</summary>
internal sealed class ScottishCount<TOption>
    where TOption : notnull
{
    /// <summary>Units of a vote: five decimals (rule 49).</summary>
    private const long Unit = 100_000;

    private readonly int _seats;
    private readonly TOption[] _candidates;
    private readonly int[] _lot;
    private readonly long[] _votes;
    private readonly long _total;
    private readonly long _quota;
    private readonly List<Parcel>[] _parcels;
    private readonly List<int> _elected = [];
    private readonly HashSet<int> _continuing;
    private readonly HashSet<int> _surpluses = [];
    private readonly List<long[]> _history = [];
    private readonly List<StvStage<TOption>> _stages = [];

    public ScottishCount(int seats, TOption[] candidates, List<(int[] Preferences, long Count)> papers, int[] lot)
    {
        (_seats, _candidates, _lot) = (seats, candidates, lot);
        _votes = new long[candidates.Length];
        _parcels = [.. candidates.Select(_ => new List<Parcel>())];
        _continuing = [.. Enumerable.Range(0, candidates.Length)];
        foreach (var (preferences, count) in papers)
        {
            Give(new(preferences, 0, count, Unit));
            _total += count * Unit;
        }

        // Rule 46: valid papers / (seats + 1), fraction dropped, plus 1.
        _quota = ((_total / Unit / (seats + 1)) + 1) * Unit;
    }

    public StvResult<TOption> Run()
    {
        EndStage(StvEvent.FirstPreferences, null, false);
        while (_elected.Count < _seats && _continuing.Count > 0)
        {
            // Rule 52: no further transfer once the rest fill the seats.
            if (_continuing.Count <= _seats - _elected.Count)
            {
                ElectRest();
            }
            else if (_surpluses.Count > 0)
            {
                var (next, byLot) = Pick(_surpluses, greatest: true);
                TransferSurplus(next);
                EndStage(StvEvent.SurplusTransferred, next, byLot);
            }
            else
            {
                var (next, byLot) = Pick(_continuing, greatest: false);
                Exclude(next);
                EndStage(StvEvent.Excluded, next, byLot);
            }
        }

        return new([.. _elected.Select(i => _candidates[i])], _stages);
    }

    /// <summary>Rules 49 and 51: equal ones are parted by the latest stage at which they were unequal, then by lot.</summary>
    private (int Candidate, bool ByLot) Pick(IEnumerable<int> among, bool greatest)
    {
        var best = Extreme([.. among], _votes, greatest);
        for (var stage = _history.Count - 1; stage >= 0 && best.Count > 1; stage--)
        {
            best = Extreme(best, _history[stage], greatest);
        }

        return (best.MinBy(i => _lot[i]), best.Count > 1);
    }

    private static List<int> Extreme(List<int> among, long[] votes, bool greatest)
    {
        var value = greatest ? among.Max(i => votes[i]) : among.Min(i => votes[i]);
        return among.FindAll(i => votes[i] == value);
    }

    /// <summary>Rule 48: every paper goes on at surplus x its value / the candidate's votes, cut to five decimals.</summary>
    private void TransferSurplus(int candidate)
    {
        var (votes, surplus) = (_votes[candidate], _votes[candidate] - _quota);
        _surpluses.Remove(candidate);
        var parcels = Take(candidate);
        _votes[candidate] = _quota;
        foreach (var parcel in parcels)
        {
            Give(parcel with { Value = (long)((Int128)surplus * parcel.Value / votes), Next = parcel.Next + 1 });
        }
    }

    /// <summary>Rule 50: all papers of the excluded candidate go on at the value they had.</summary>
    private void Exclude(int candidate)
    {
        _continuing.Remove(candidate);
        var parcels = Take(candidate);
        _votes[candidate] = 0;
        parcels.ForEach(parcel => Give(parcel with { Next = parcel.Next + 1 }));
    }

    private List<Parcel> Take(int candidate)
    {
        var parcels = _parcels[candidate];
        _parcels[candidate] = [];
        return parcels;
    }

    private void Give(Parcel parcel)
    {
        var next = parcel.Next;
        while (next < parcel.Preferences.Length && !_continuing.Contains(parcel.Preferences[next]))
        {
            next++;
        }

        if (next < parcel.Preferences.Length && parcel.Value > 0)
        {
            _parcels[parcel.Preferences[next]].Add(parcel with { Next = next });
            _votes[parcel.Preferences[next]] += parcel.Count * parcel.Value;
        }
    }

    private void EndStage(StvEvent what, int? candidate, bool byLot)
    {
        var elected = _continuing.Where(i => _votes[i] >= _quota).OrderByDescending(i => _votes[i]).ThenBy(i => _lot[i]).ToList();
        foreach (var i in elected)
        {
            _continuing.Remove(i);
            if (_votes[i] > _quota)
            {
                _surpluses.Add(i);
            }
        }

        Record(what, candidate, elected, byLot);
    }

    private void ElectRest()
    {
        var rest = _continuing.OrderByDescending(i => _votes[i]).ThenBy(i => _lot[i]).ToList();
        _continuing.Clear();
        Record(StvEvent.LastVacancies, null, rest, false);
    }

    private void Record(StvEvent what, int? candidate, List<int> elected, bool byLot)
    {
        _elected.AddRange(elected);
        _history.Add((long[])_votes.Clone());
        _stages.Add(new(
            what,
            candidate is { } i ? _candidates[i] : default,
            _candidates.Select((name, number) => KeyValuePair.Create(name, (decimal)_votes[number] / Unit)).ToDictionary(),
            (decimal)(_total - _votes.Sum()) / Unit,
            (decimal)_quota / Unit,
            [.. elected.Select(number => _candidates[number])],
            byLot));
    }

    /// <summary>Equal papers of equal value.</summary>
    /// <param name="Next">Index of the preference that holds them.</param>
    private readonly record struct Parcel(int[] Preferences, int Next, long Count, long Value);
}
