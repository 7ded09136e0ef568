using Plenum.Contracts.Organisation;

namespace Plenum.SignOn.Domain;

public enum MailLinkPurpose
{
    /// <summary>Proves that the address of a new account is the person's.</summary>
    ConfirmEmail,

    /// <summary>Sets a new password; asks for the second factor where there is one.</summary>
    Recover,

    /// <summary>Lets someone register, and makes the account a member's or gives it nothing, as the inviter chose.</summary>
    Invite,

    /// <summary>First start: makes the organisation and its first administrator.</summary>
    SetUp,
}

/// <summary>A secret sent by mail, good once and for a while. Only the hash of its 256 random bits is kept.</summary>
public sealed class MailLink
{
    public required Guid Id { get; init; }

    public required byte[] SecretHash { get; init; }

    public required MailLinkPurpose Purpose { get; init; }

    public AccountId? AccountId { get; init; }

    /// <summary>The address it was sent to, in lower case; empty for a set-up link.</summary>
    public required string Email { get; init; }

    public AccountId? InvitedBy { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime ExpiresAt { get; init; }

    public DateTime? UsedAt { get; set; }

    public bool IsGood(DateTime utcNow) => UsedAt is null && utcNow < ExpiresAt;
}
