using Plenum.Protocols.Mail.Dsn;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>A message and its recipients, to be handed to one server.</summary>
public sealed record SmtpTransaction
{
    /// <summary>"local@domain", or empty for the null reverse path.</summary>
    public required string ReversePath { get; init; }

    public required IReadOnlyList<SmtpDestination> Recipients { get; init; }

    /// <summary>Size in octets, for SIZE.</summary>
    public required long Size { get; init; }

    /// <summary>Octets above 127 in the body: BODY=8BITMIME.</summary>
    public bool IsEightBit { get; init; }

    /// <summary>Addresses or header hold raw UTF-8: SMTPUTF8.</summary>
    public bool IsUtf8 { get; init; }

    /// <summary>ENVID, not encoded; null to send none.</summary>
    public string? EnvelopeId { get; init; }

    public DsnReturn Return { get; init; }

    /// <summary>Opens the content; called when the server waits for it, and not at all if it refused everybody.</summary>
    public required Func<CancellationToken, ValueTask<Stream>> OpenContent { get; init; }
}

/// <summary>A recipient of a <see cref="SmtpTransaction"/>.</summary>
public sealed record SmtpDestination(string Address, DsnNotify Notify = DsnNotify.Unspecified, TypedText? OriginalRecipient = null);

/// <summary>What came of it.</summary>
/// <param name="Replies">One for each recipient, in order: why it was refused, or the reply to the content.</param>
public sealed record SmtpTransactionResult(IReadOnlyList<SmtpReply> Replies)
{
    /// <summary>The reply is the server's to the whole transaction (MAIL or the content), not to this recipient.</summary>
    public SmtpReply? Common { get; init; }
}
