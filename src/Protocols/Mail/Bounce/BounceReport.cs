namespace Plenum.Protocols.Mail.Bounce;

/// <summary>What a mail that came back says.</summary>
/// <param name="Class">The gravest class among the recipients: hard before full, policy, soft.</param>
/// <param name="Recipients">Whom it is about. Empty for ordinary mail, and where nobody could tell.</param>
public sealed record BounceReport(BounceClass Class, IReadOnlyList<BouncedRecipient> Recipients)
{
    /// <summary>How it was understood: "dsn", "arf", "auto-reply", the name of a form ("qmail", "exim" …), or empty.</summary>
    public string Form { get; init; } = "";

    /// <summary>Message-ID of the message that came back, without angle brackets; empty if unknown.</summary>
    public string OriginalMessageId { get; init; } = "";

    public bool IsBounce => Class is not BounceClass.NotABounce;
}
