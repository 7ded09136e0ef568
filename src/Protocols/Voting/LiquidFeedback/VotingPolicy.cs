using Plenum.Voting.Schulze;
using Plenum.Voting.Tally;

namespace Plenum.Voting.LiquidFeedback;

/// <summary>A majority against another option.</summary>
/// <param name="Required">Share of positive votes among positive and negative ones; abstentions do not count.</param>
/// <param name="IsStrict">More than the share is needed.</param>
/// <param name="MinimumPositive">Least weight of positive votes.</param>
/// <param name="MinimumNonNegative">Least weight of voters who do not vote against: the voters less the negative votes.</param>
public readonly record struct MajorityRequirement(Share Required, bool IsStrict, long MinimumPositive = 0, long MinimumNonNegative = 0)
{
    internal bool IsMet(long positive, long negative, long voters)
        => (IsStrict ? Required.IsExceededBy(positive, positive + negative) : Required.IsReachedBy(positive, positive + negative))
            && positive >= MinimumPositive
            && voters - negative >= MinimumNonNegative;
}

/// <summary>How a policy closes and counts its issues.</summary>
/// <param name="DirectMajority">Against the status quo.</param>
/// <param name="IndirectMajority">Against the status quo, or against an initiative that has it already.</param>
/// <param name="NoReverseBeatPath">An initiative that the status quo reaches by a path of wins and ties cannot win. Needs the tuple strength.</param>
/// <param name="NoMultistageMajority">An initiative cannot win that would lose a further vote against the one it replaces.</param>
/// <param name="Strength">Tuple (default) or "simple", which is <see cref="DefeatStrength.WinningVotes"/>.</param>
public sealed record VotingPolicy(
    MajorityRequirement DirectMajority,
    MajorityRequirement IndirectMajority,
    bool NoReverseBeatPath = false,
    bool NoMultistageMajority = false,
    DefeatStrength Strength = DefeatStrength.WinningVotesThenLosingVotes,
    TieBreaking TieBreaking = TieBreaking.Variant1)
{
    /// <summary>More than half, directly and indirectly.</summary>
    public static VotingPolicy Standard { get; } = new(new(Share.Half, true), new(Share.Half, true));
}
