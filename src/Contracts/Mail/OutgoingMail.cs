namespace Plenum.Contracts.Mail;

/// <summary>What can be put into the queue. Exactly two kinds: <see cref="SystemMail"/> and <see cref="MailCopies"/>.</summary>
public abstract record OutgoingMail
{
    private protected OutgoingMail()
    {
    }

    /// <summary>Name of the module that sends ("signon", "discussions"): operators see it, and its <see cref="IDeliveryReportReceiver"/> hears reports.</summary>
    public required string Source { get; init; }

    /// <summary>The sender's own key of the occasion, at most 200 characters; comes back in reports. Null if it wants none.</summary>
    public string? Reference { get; init; }

    /// <summary>After this instant the mail is of no use (a sign-in code) and is dropped instead of retried. Null: the queue's own limit.</summary>
    public DateTime? ExpiresAt { get; init; }
}

/// <summary>A short mail from the organisation itself to one person: the queue writes the message.</summary>
/// <remarks>From is the system's sender of the recipient-independent setting Mail:SystemSender; the reverse path takes bounces back to the queue.</remarks>
public sealed record SystemMail : OutgoingMail
{
    /// <summary>Mailbox of the recipient, "local@domain", without display name.</summary>
    public required string To { get; init; }

    /// <summary>Display name of the recipient, if known.</summary>
    public string? ToName { get; init; }

    /// <summary>Subject in plain Unicode, one line; the queue encodes it.</summary>
    public required string Subject { get; init; }

    /// <summary>The text, lines ended by LF or CRLF. Wrapped by nobody: format=flowed is not used.</summary>
    public required string Text { get; init; }

    /// <summary>The same as HTML, if there is one: then the mail is multipart/alternative.</summary>
    public string? Html { get; init; }

    /// <summary>Reply-To, "local@domain".</summary>
    public string? ReplyTo { get; init; }

    /// <summary>RFC 3834 §5: true writes Auto-Submitted: auto-generated, so that nobody's robot answers.</summary>
    public bool AutoSubmitted { get; init; } = true;

    /// <summary>Message-ID without angle brackets; deterministic ids make a repeated job recognisable. Null: the queue makes one.</summary>
    public string? MessageId { get; init; }

    /// <summary>In-Reply-To and last of References, without angle brackets.</summary>
    public string? InReplyTo { get; init; }
}

/// <summary>One message for many recipients: the body is stored once, each copy has its own header lines and its own way back.</summary>
public sealed record MailCopies : OutgoingMail
{
    /// <summary>
    /// The complete outgoing message in the kernel's blob store (lower-case hex SHA-256), CRLF lines, without Bcc, Return-Path or DKIM signature of ours.
    /// The queue holds a reference until the last recipient is done.
    /// </summary>
    public required string Blob { get; init; }

    /// <summary>Domain of the sender, e.g. "lists.plenum.test": its keys sign (RFC 6376) and its bounces+…@ takes returns.</summary>
    public required string Domain { get; init; }

    /// <summary>
    /// For mail that came in and is passed on: <see cref="SenderAuthentication.Chain"/> as it was on arrival. The queue adds an ARC set
    /// (RFC 8617 §5.1); keep ARC-* fields of the message that came. Null for mail of our own.
    /// </summary>
    public ReceivedChain? Chain { get; init; }

    /// <summary>The recipients; duplicates of an address are sent once.</summary>
    public required IReadOnlyList<MailCopy> Copies { get; init; }
}

/// <summary>One recipient's copy.</summary>
/// <param name="Recipient">Mailbox, "local@domain"; SMTPUTF8 is used only where it is needed.</param>
public sealed record MailCopy(string Recipient)
{
    /// <summary>Header lines only this copy has (List-Unsubscribe with its token …): put on top of the message and covered by our signature.</summary>
    public IReadOnlyList<MailHeader> Headers { get; init; } = [];

    /// <summary>
    /// Reverse path of this copy. Null: the queue makes one per recipient (VERP) and reports its bounces to the source's
    /// <see cref="IDeliveryReportReceiver"/>. Empty: the null reverse path.
    /// </summary>
    public string? ReturnPath { get; init; }

    /// <summary>The source's key of this recipient (a subscription id), at most 100 characters; comes back in reports.</summary>
    public string? Reference { get; init; }
}

/// <summary>A header line, unfolded: no CR, LF or NUL in either part. The value is ASCII (encode words per RFC 2047 first).</summary>
public sealed record MailHeader(string Name, string Value);
