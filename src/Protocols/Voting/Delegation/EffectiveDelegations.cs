namespace Plenum.Voting.Delegation;

/// <summary>Each member's delegation that counts for one issue (or area, or unit): the narrowest one.</summary>
public sealed class EffectiveDelegations<TMember>
    where TMember : notnull
{
    private readonly Dictionary<TMember, VoteDelegation<TMember>> _byTruster = [];

    /// <param name="delegations">
    /// Those of the unit, of the area and of the issue in question, none of other areas or issues. Of two with the same truster and scope the later counts.
    /// </param>
    /// <param name="isEntitled">
    /// Active and entitled to vote in the unit at the moment that counts. Only an entitled member's delegation is effective: whoever trusts somebody
    /// who has lost the right loses the vote at that point of the chain.
    /// </param>
    public EffectiveDelegations(IEnumerable<VoteDelegation<TMember>> delegations, Func<TMember, bool> isEntitled)
    {
        ArgumentNullException.ThrowIfNull(delegations);
        ArgumentNullException.ThrowIfNull(isEntitled);
        foreach (var delegation in delegations)
        {
            if (_byTruster.TryGetValue(delegation.Truster, out var known) ? delegation.Scope >= known.Scope : isEntitled(delegation.Truster))
            {
                _byTruster[delegation.Truster] = delegation;
            }
        }
    }

    /// <summary>The delegations that count, those switched off included.</summary>
    public IReadOnlyCollection<VoteDelegation<TMember>> All => _byTruster.Values;

    /// <summary>The delegation of this truster that counts here, which may be one that switches off.</summary>
    public bool TryGet(TMember truster, out VoteDelegation<TMember> delegation) => _byTruster.TryGetValue(truster, out delegation);

    /// <summary>Who votes for how many, given who takes part himself. See <see cref="DelegationWeights{TMember}"/>.</summary>
    /// <param name="participants">Everybody who takes part himself; the caller leaves out who is not entitled.</param>
    public DelegationWeights<TMember> Weigh(IEnumerable<TMember> participants) => new(this, participants);
}
