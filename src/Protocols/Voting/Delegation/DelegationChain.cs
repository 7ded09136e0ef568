namespace Plenum.Voting.Delegation;

/// <summary>Where a step stands in a circle of delegations.</summary>
public enum LoopPosition
{
    None,
    First,
    Intermediate,
    Last,

    /// <summary>The first member of the circle, met again; the chain ends here.</summary>
    Repetition,
}

/// <summary>One member of a delegation chain as shown to its first member.</summary>
/// <param name="Index">Place in the chain, from 0.</param>
/// <param name="IsEntitled">Active and entitled to vote.</param>
/// <param name="Participates">Takes part himself.</param>
/// <param name="IsOverridden">Somebody earlier in the chain takes part, so that the vote does not come here.</param>
/// <param name="ScopeIn">Scope of the delegation that leads here; null for the first.</param>
/// <param name="ScopeOut">Scope of the delegation that leads on, or that switches off; null if there is none.</param>
/// <param name="IsSwitchedOff">The outgoing delegation is switched off.</param>
public readonly record struct DelegationStep<TMember>(
    int Index, TMember Member, bool IsEntitled, bool Participates, bool IsOverridden, DelegationScope? ScopeIn, DelegationScope? ScopeOut, bool IsSwitchedOff,
    LoopPosition Loop)
    where TMember : notnull;

/// <summary>Follows delegations to show members where their vote goes.</summary>
public static class DelegationChain
{
    /// <summary>The whole chain of a member, also beyond somebody who takes part, up to its end or its first repetition.</summary>
    public static IReadOnlyList<DelegationStep<TMember>> Follow<TMember>(
        TMember member, EffectiveDelegations<TMember> delegations, Func<TMember, bool> isEntitled, Func<TMember, bool> participates)
        where TMember : notnull
    {
        ArgumentNullException.ThrowIfNull(delegations);
        ArgumentNullException.ThrowIfNull(isEntitled);
        ArgumentNullException.ThrowIfNull(participates);
        var steps = new List<DelegationStep<TMember>>();
        var seenAt = new Dictionary<TMember, int>();
        DelegationScope? scopeIn = null;
        var overridden = false;
        while (true)
        {
            var entitled = isEntitled(member);
            var takesPart = entitled && participates(member);
            var hasDelegation = delegations.TryGet(member, out var delegation) && entitled;
            DelegationScope? scopeOut = hasDelegation ? delegation.Scope : null;
            steps.Add(new(steps.Count, member, entitled, takesPart, overridden, scopeIn, scopeOut, hasDelegation && delegation.IsSwitchedOff, LoopPosition.None));
            if (!seenAt.TryAdd(member, steps.Count - 1))
            {
                MarkLoop(steps, seenAt[member]);
                return steps;
            }

            if (!hasDelegation || delegation.IsSwitchedOff)
            {
                return steps;
            }

            overridden |= takesPart;
            scopeIn = scopeOut;
            member = delegation.Trustee;
        }
    }

    private static void MarkLoop<TMember>(List<DelegationStep<TMember>> steps, int first)
        where TMember : notnull
    {
        for (var i = first; i < steps.Count; i++)
        {
            var position = i == first ? LoopPosition.First
                : i == steps.Count - 1 ? LoopPosition.Repetition
                : i == steps.Count - 2 ? LoopPosition.Last
                : LoopPosition.Intermediate;
            steps[i] = steps[i] with { Loop = position };
        }
    }
}
