namespace Plenum.Voting.Delegation;

/// <summary>A vote that somebody else casts.</summary>
/// <param name="Weight">The truster's own vote and all that were passed on to him.</param>
/// <param name="Scope">Scope of the delegation that moved it.</param>
public readonly record struct DelegatedVote(long Weight, DelegationScope Scope);

/// <summary>
/// Weights of those who take part: 1 and recursively all trusters who do not take part themselves. Taking part overrides one's delegation, a circle
/// counts only if one of its members takes part (it is cut there), a chain that ends nowhere is lost. Each truster has one effective delegation, so
/// the result does not depend on any order. Time and memory are linear, chains of any depth do no harm.
/// </summary>
public sealed class DelegationWeights<TMember>
    where TMember : notnull
{
    private readonly EffectiveDelegations<TMember> _delegations;
    private readonly Dictionary<TMember, long> _direct = [];
    private readonly Dictionary<TMember, DelegatedVote> _delegating = [];

    internal DelegationWeights(EffectiveDelegations<TMember> delegations, IEnumerable<TMember> participants)
    {
        ArgumentNullException.ThrowIfNull(participants);
        _delegations = delegations;
        foreach (var participant in participants)
        {
            _direct[participant] = 1;
        }

        var reached = TrustersInReach();
        for (var i = reached.Count - 1; i >= 0; i--)
        {
            var (truster, trustee) = (reached[i].Truster, reached[i].Trustee);
            var weight = _delegating[truster].Weight;
            if (_direct.TryGetValue(trustee, out var direct))
            {
                _direct[trustee] = direct + weight;
            }
            else
            {
                var passedOn = _delegating[trustee];
                _delegating[trustee] = passedOn with { Weight = passedOn.Weight + weight };
            }
        }
    }

    /// <summary>Everybody who takes part, with the weight of his vote.</summary>
    public IReadOnlyDictionary<TMember, long> Direct => _direct;

    /// <summary>Everybody whose vote a participant casts.</summary>
    public IReadOnlyDictionary<TMember, DelegatedVote> Delegating => _delegating;

    /// <summary>All votes, cast directly or by others.</summary>
    public long Total => _direct.Count + _delegating.Count;

    /// <summary>The way of a delegated vote, [next … participant]; empty for everybody else.</summary>
    public IReadOnlyList<TMember> ChainOf(TMember truster)
    {
        var chain = new List<TMember>();
        while (_delegating.ContainsKey(truster) && _delegations.TryGet(truster, out var delegation))
        {
            truster = delegation.Trustee;
            chain.Add(truster);
        }

        return chain;
    }

    /// <summary>Trusters whose vote reaches a participant, nearest to the participants first.</summary>
    private List<VoteDelegation<TMember>> TrustersInReach()
    {
        var byTrustee = _delegations.All.Where(delegation => !delegation.IsSwitchedOff && !_direct.ContainsKey(delegation.Truster))
            .ToLookup(delegation => delegation.Trustee);
        var reached = new List<VoteDelegation<TMember>>();
        foreach (var participant in _direct.Keys)
        {
            reached.AddRange(byTrustee[participant]);
        }

        for (var i = 0; i < reached.Count; i++)
        {
            _delegating[reached[i].Truster] = new(1, reached[i].Scope);
            reached.AddRange(byTrustee[reached[i].Truster]);
        }

        return reached;
    }
}
