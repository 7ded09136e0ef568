using Plenum.Voting.Tally;

namespace Plenum.Voting.LiquidFeedback;

/// <summary>Durations and quorums of an issue, copied from its policy when it is created: a later change of the policy does not touch it.</summary>
/// <param name="Admission">Longest time in admission. Calendar months are for the caller to turn into days.</param>
/// <param name="IsPolling">Set up by the organisation as a poll: it begins in discussion, without admission and issue quorum.</param>
public sealed record IssueTimetable(
    TimeSpan Admission, TimeSpan Discussion, TimeSpan Verification, TimeSpan Voting, Share IssueQuorum, Share InitiativeQuorum, bool IsPolling = false);

/// <summary>An initiative as far as the course of its issue is concerned.</summary>
/// <param name="RevokedAt">When its initiators revoked it; null while it stands.</param>
/// <param name="IsPolling">Exempt from the initiative quorum.</param>
public sealed record InitiativeStanding<TInitiative>(TInitiative Initiative, DateTimeOffset? RevokedAt = null, bool IsPolling = false)
    where TInitiative : notnull;

/// <summary>A change of state.</summary>
/// <param name="State">The new state.</param>
/// <param name="At">When it takes effect: the moment of the check, not the nominal end of the phase, so that a late job neither cuts nor backdates a phase.</param>
/// <param name="Admitted">At the full freeze the initiatives that are voted on, in their order; otherwise empty.</param>
public sealed record IssueStep<TInitiative>(IssueState State, DateTimeOffset At, IReadOnlyList<TInitiative> Admitted)
    where TInitiative : notnull;

/// <summary>The course of an issue from admission to the vote. Closing the vote is <see cref="IssueVote"/>.</summary>
public static class IssueCourse
{
    /// <summary>The state a new issue begins with.</summary>
    public static IssueState Begin(IssueTimetable timetable)
    {
        ArgumentNullException.ThrowIfNull(timetable);
        return timetable.IsPolling ? IssueState.Discussion : IssueState.Admission;
    }

    /// <summary>The end of voting has come: the ballots are to be counted.</summary>
    public static bool IsVotingOver(IssueTimetable timetable, DateTimeOffset votingSince, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(timetable);
        return now >= votingSince + timetable.Voting;
    }

    /// <summary>What is due now, at most one step; null if nothing is. Call again after a step.</summary>
    /// <param name="state">Admission, discussion or verification; in other states nothing is ever due.</param>
    /// <param name="since">When this state began.</param>
    /// <param name="initiatives">All initiatives of the issue, the oldest first; at least one.</param>
    /// <param name="snapshot">Who counts now.</param>
    public static IssueStep<TInitiative>? Next<TMember, TInitiative, TSuggestion>(
        IssueTimetable timetable,
        IssueState state,
        DateTimeOffset since,
        IReadOnlyList<InitiativeStanding<TInitiative>> initiatives,
        IssueSnapshot<TMember, TInitiative, TSuggestion> snapshot,
        DateTimeOffset now)
        where TMember : notnull
        where TInitiative : notnull
        where TSuggestion : notnull
    {
        ArgumentNullException.ThrowIfNull(timetable);
        ArgumentNullException.ThrowIfNull(initiatives);
        ArgumentNullException.ThrowIfNull(snapshot);
        var standing = initiatives.Where(initiative => initiative.RevokedAt is null).ToList();
        var isOver = now >= since + DurationOf(timetable, state);
        IssueState? next = state switch
        {
            IssueState.Admission when standing.Count == 0 => IssueState.CanceledRevokedBeforeAccepted,
            IssueState.Admission when standing.Exists(i => snapshot.ReachesIssueQuorum(i.Initiative, timetable.IssueQuorum)) => IssueState.Discussion,
            IssueState.Admission when isOver => IssueState.CanceledIssueNotAccepted,

            // A fresh revocation leaves others the length of a verification to put up an initiative of their own.
            IssueState.Discussion when standing.Count == 0 && initiatives.All(i => now >= i.RevokedAt + timetable.Verification)
                => IssueState.CanceledAfterRevocationDuringDiscussion,
            IssueState.Discussion when isOver => IssueState.Verification,
            IssueState.Verification when isOver && standing.Count == 0 => IssueState.CanceledAfterRevocationDuringVerification,
            IssueState.Verification when isOver => IssueState.Voting,
            _ => null,
        };
        if (next != IssueState.Voting)
        {
            return next is { } other ? new(other, now, []) : null;
        }

        TInitiative[] admitted = [.. standing.Where(i => i.IsPolling || snapshot.ReachesInitiativeQuorum(i.Initiative, timetable.InitiativeQuorum)).Select(i => i.Initiative)];
        return new(admitted.Length > 0 ? IssueState.Voting : IssueState.CanceledNoInitiativeAdmitted, now, admitted);
    }

    private static TimeSpan DurationOf(IssueTimetable timetable, IssueState state) => state switch
    {
        IssueState.Admission => timetable.Admission,
        IssueState.Discussion => timetable.Discussion,
        IssueState.Verification => timetable.Verification,
        _ => timetable.Voting,
    };
}
