using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Protocols.Mail.Arc;

/// <summary>The outcome for a chain.</summary>
/// <param name="Sets">The sets found, oldest first; empty if the structure was broken.</param>
public sealed record ArcVerdict(ArcStatus Status, ArcProblem Problem, IReadOnlyList<ArcSet> Sets)
{
    /// <summary>The set where it broke; 0 if not about one set.</summary>
    public int Instance { get; init; }

    /// <summary>
    /// RFC 8617 §5.2 step 4: the lowest instance from which on all message signatures verify; 0 if even the first does, i.e. nobody changed
    /// the message since it was first sealed.
    /// </summary>
    public int OldestPass { get; init; }

    /// <summary>The highest instance number seen, also in a broken chain; a new set takes the next.</summary>
    public int HighestInstance { get; init; }

    /// <summary>
    /// The cv= that a set added now has to carry (RFC 8617 §4.4); null if none may be added, because a seal has already ended the chain with
    /// cv=fail or there are 50 sets.
    /// </summary>
    public ArcStatus? NextChainValue
        => Problem is ArcProblem.FailedBefore or ArcProblem.TooManySets || HighestInstance >= ArcChain.MaxInstance ? null : Status;

    /// <summary>What DKIM's arithmetic said where it broke.</summary>
    public DkimProblem SignatureProblem { get; init; }
}
