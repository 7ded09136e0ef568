namespace Plenum.Voting.Delegation;

/// <summary>How far a delegation reaches; the narrower one goes before the wider one.</summary>
public enum DelegationScope
{
    Unit,
    Area,
    Issue,
}

/// <summary>One member's delegation for one unit, area or issue.</summary>
/// <typeparam name="TMember">Identifies a member.</typeparam>
public readonly record struct VoteDelegation<TMember>
    where TMember : notnull
{
    internal VoteDelegation(TMember truster, TMember trustee, DelegationScope scope, bool isSwitchedOff)
        => (Truster, Trustee, Scope, IsSwitchedOff) = (truster, trustee, scope, isSwitchedOff);

    /// <summary>Who delegates.</summary>
    public TMember Truster { get; }

    /// <summary>To whom; the truster himself if <see cref="IsSwitchedOff"/>.</summary>
    public TMember Trustee { get; }

    public DelegationScope Scope { get; }

    /// <summary>The wider delegations do not apply here, and nobody gets the vote.</summary>
    public bool IsSwitchedOff { get; }
}

/// <summary>Makes delegations.</summary>
public static class VoteDelegation
{
    /// <summary>The truster's vote goes to the trustee where the truster does not take part himself. To oneself is the same as <see cref="Off"/>.</summary>
    public static VoteDelegation<TMember> To<TMember>(TMember truster, TMember trustee, DelegationScope scope)
        where TMember : notnull => new(truster, trustee, scope, EqualityComparer<TMember>.Default.Equals(truster, trustee));

    /// <summary>Switches the truster's wider delegations off for this area or issue.</summary>
    public static VoteDelegation<TMember> Off<TMember>(TMember truster, DelegationScope scope)
        where TMember : notnull => new(truster, truster, scope, true);
}
