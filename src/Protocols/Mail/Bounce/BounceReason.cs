namespace Plenum.Protocols.Mail.Bounce;

/// <summary>Why, as far as the bounce tells. The class follows from the reason: <see cref="BounceReasons.ClassOf"/>.</summary>
public enum BounceReason
{
    /// <summary>It is a bounce, but does not say why.</summary>
    Unknown,

    // Hard
    MailboxUnknown,
    MailboxDisabled,
    MailboxMoved,
    AddressSyntax,
    DomainUnknown,

    /// <summary>The domain exists and takes no mail: null MX (RFC 7505), no host for mail.</summary>
    NoMailService,

    // Full
    MailboxFull,

    // Policy
    /// <summary>SPF, DKIM, DMARC failed, or were missing.</summary>
    NotAuthenticated,
    SenderRefused,

    /// <summary>The sending host is on a list of blocked hosts, lacks a reverse name, or has a bad name.</summary>
    Reputation,
    RateLimited,
    RelayDenied,
    Spam,
    Virus,
    ContentRefused,
    MessageTooLarge,

    /// <summary>Only some may write to this address: a list's members, the signed-in.</summary>
    NotPermitted,

    /// <summary>Refused for a reason that is not told.</summary>
    Refused,

    // Soft
    /// <summary>Given up after many tries.</summary>
    Expired,
    NameServiceTrouble,
    ConnectionTrouble,
    SystemTrouble,
    ProtocolTrouble,
    MailLoop,
    TemporaryTrouble,

    // Vacation
    OutOfOffice,

    /// <summary>Another kind of automatic answer.</summary>
    AutomaticReply,

    // Complaint
    ReportedAsSpam,

    /// <summary>A mail program unsubscribed on the recipient's behalf.</summary>
    Unsubscribed,

    // No bounce
    /// <summary>Nothing in it looks like a bounce.</summary>
    OrdinaryMail,

    /// <summary>A report of success (RFC 3464: delivered, relayed, expanded).</summary>
    Delivered,

    /// <summary>A report on failed authentication of somebody's mail (RFC 6591).</summary>
    AuthenticationReport,

    /// <summary>Feedback that the message was no spam (RFC 6430), or of a kind that asks nothing of the sender.</summary>
    OtherFeedback,
}
