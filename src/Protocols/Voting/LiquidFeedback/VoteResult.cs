using Plenum.Voting.Delegation;

namespace Plenum.Voting.LiquidFeedback;

/// <summary>What became of one initiative.</summary>
/// <param name="FirstPreferenceVotes">Weight of the voters who gave it their best positive grade, alone or with others.</param>
/// <param name="SchulzeRank">Place among the initiatives and the status quo, from 1; no place is shared.</param>
/// <param name="HasReverseBeatPath">
/// A path of wins and ties leads from the status quo to the initiative (core's column comment has the direction the other way round, its code measures
/// this one). Null with a strength that does not tell ties from defeats.
/// </param>
/// <param name="HasMultistageMajority">Ranked not before the status quo, or a better ranked initiative would then replace it with a larger majority.</param>
/// <param name="Rank">
/// Final place among the initiatives: the winner, the eligible, then by Schulze rank. (Core's column comment says that initiatives with a majority
/// always come first; its code does what stands here.)
/// </param>
public sealed record InitiativeResult<TInitiative>(
    TInitiative Initiative,
    long PositiveVotes,
    long NegativeVotes,
    long FirstPreferenceVotes,
    bool HasDirectMajority,
    bool HasIndirectMajority,
    int SchulzeRank,
    bool IsBetterThanStatusQuo,
    bool? HasReverseBeatPath,
    bool HasMultistageMajority,
    bool IsEligible,
    bool IsWinner,
    int Rank)
    where TInitiative : notnull;

/// <summary>A closed and counted issue.</summary>
/// <param name="Weights">Who voted with which weight, and whose votes were cast by whom.</param>
/// <param name="Initiatives">In the order given to the count.</param>
public sealed record VoteResult<TMember, TInitiative>(
    DelegationWeights<TMember> Weights, int StatusQuoRank, IReadOnlyList<InitiativeResult<TInitiative>> Initiatives, BattleTable<TInitiative> Battles)
    where TMember : notnull
    where TInitiative : notnull
{
    /// <summary>Weight of all votes cast, directly or by others.</summary>
    public long VoterCount => Weights.Total;

    /// <summary>The winner; null if the status quo stays.</summary>
    public InitiativeResult<TInitiative>? Winner => Initiatives.FirstOrDefault(initiative => initiative.IsWinner);

    public IssueState State => Winner is null ? IssueState.FinishedWithoutWinner : IssueState.FinishedWithWinner;
}
