namespace Plenum.Voting.LiquidFeedback;

/// <summary>The states of an issue, the closed ones with their reason.</summary>
public enum IssueState
{
    Admission,
    Discussion,

    /// <summary>Half frozen: no new drafts, no revocation, no change of initiators; new initiatives are allowed.</summary>
    Verification,

    /// <summary>Fully frozen: the admitted initiatives are voted on.</summary>
    Voting,
    CanceledRevokedBeforeAccepted,
    CanceledIssueNotAccepted,
    CanceledAfterRevocationDuringDiscussion,
    CanceledAfterRevocationDuringVerification,
    CanceledNoInitiativeAdmitted,
    CanceledByAdmin,
    FinishedWithoutWinner,
    FinishedWithWinner,
}
