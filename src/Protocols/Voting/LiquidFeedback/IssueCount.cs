using Plenum.Voting.Schulze;
using Plenum.Voting.Tally;

namespace Plenum.Voting.LiquidFeedback;

/// <summary>Majorities, ranks and eligibility from the battles; option 0 is the status quo.</summary>
internal sealed class IssueCount
{
    private readonly VotingPolicy _policy;
    private readonly PairwiseMatrix<int> _battles;
    private readonly long _voters;
    private readonly int _count;
    private readonly int[] _ranks;
    private readonly bool[] _isBeatOrTie;

    public IssueCount(VotingPolicy policy, PairwiseMatrix<int> battles, long voters)
    {
        (_policy, _battles, _voters, _count) = (policy, battles, voters, battles.Options.Count);
        var (order, isBeatOrTie) = LinearRanking.Of(battles, policy.Strength, policy.TieBreaking);
        _isBeatOrTie = isBeatOrTie;
        _ranks = new int[_count];
        for (var place = 0; place < _count; place++)
        {
            _ranks[order[place]] = place + 1;
        }
    }

    public (int[] Ranks, IReadOnlyList<InitiativeResult<TInitiative>> Results) Results<TInitiative>(IReadOnlyList<TInitiative> initiatives, long[] firstPreferences)
        where TInitiative : notnull
    {
        var indirect = IndirectMajorities();
        var numbers = Enumerable.Range(1, _count - 1).ToArray();
        var eligible = new HashSet<int>(numbers.Where(i => IsEligible(i, indirect)));
        var winner = numbers.Where(eligible.Contains).OrderBy(i => _ranks[i]).FirstOrDefault();
        var places = numbers.OrderBy(i => i != winner).ThenBy(i => !eligible.Contains(i)).ThenBy(i => _ranks[i]).ToList();
        return (_ranks, [.. numbers.Select(i => new InitiativeResult<TInitiative>(
            initiatives[i - 1],
            _battles.At(i, 0),
            _battles.At(0, i),
            firstPreferences[i],
            HasDirectMajority(i),
            indirect[i],
            _ranks[i],
            _ranks[i] < _ranks[0],
            HasReverseBeatPath(i),
            HasMultistageMajority(i),
            eligible.Contains(i),
            i == winner,
            places.IndexOf(i) + 1))]);
    }

    private bool IsEligible(int i, bool[] indirect)
        => HasDirectMajority(i)
            && indirect[i]
            && _ranks[i] < _ranks[0]
            && !(_policy.NoMultistageMajority && HasMultistageMajority(i))
            && !(_policy.NoReverseBeatPath && HasReverseBeatPath(i) == true);

    private bool HasDirectMajority(int i) => _policy.DirectMajority.IsMet(_battles.At(i, 0), _battles.At(0, i), _voters);

    /// <summary>Those with the majority against the status quo, then all who have it against one of them, and so on.</summary>
    private bool[] IndirectMajorities()
    {
        var has = new bool[_count];
        var waiting = new Queue<int>([0]);
        while (waiting.TryDequeue(out var against))
        {
            for (var i = 1; i < _count; i++)
            {
                if (!has[i] && i != against && _policy.IndirectMajority.IsMet(_battles.At(i, against), _battles.At(against, i), _voters))
                {
                    has[i] = true;
                    waiting.Enqueue(i);
                }
            }
        }

        return has;
    }

    private bool? HasReverseBeatPath(int i)
        => _policy.Strength == DefeatStrength.WinningVotesThenLosingVotes || _policy.Strength == DefeatStrength.Margins ? _isBeatOrTie[i] : null;

    private bool HasMultistageMajority(int i)
    {
        if (_ranks[i] > _ranks[0])
        {
            return true;
        }

        for (var x = 1; x < _count; x++)
        {
            if (x != i
                && _ranks[x] < _ranks[i]
                && _battles.At(x, i) > _battles.At(i, x)
                && (_battles.At(x, i) > _battles.At(x, 0) || _battles.At(i, x) < _battles.At(0, i)))
            {
                return true;
            }
        }

        return false;
    }
}
