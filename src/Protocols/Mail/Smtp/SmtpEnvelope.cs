using Plenum.Protocols.Mail.Dsn;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>A mail transaction as far as it has come: what MAIL and RCPT said (RFC 5321 §2.3.1).</summary>
public sealed class SmtpEnvelope
{
    private readonly List<SmtpRecipient> _recipients = [];

    public required SmtpPath ReversePath { get; init; }

    /// <summary>SIZE: octets the client means to send; null if it did not say (RFC 1870).</summary>
    public long? DeclaredSize { get; init; }

    /// <summary>BODY=8BITMIME (RFC 6152).</summary>
    public bool IsEightBit { get; init; }

    /// <summary>SMTPUTF8 (RFC 6531).</summary>
    public bool IsUtf8 { get; init; }

    /// <summary>AUTH: who submitted it, as a trusted client says (RFC 4954 §5); null if absent or "&lt;&gt;".</summary>
    public string? SubmittedBy { get; init; }

    public DsnReturn Return { get; init; }

    /// <summary>ENVID, decoded; null if absent (RFC 3461 §4.4).</summary>
    public string? EnvelopeId { get; init; }

    public IReadOnlyList<SmtpRecipient> Recipients => _recipients;

    /// <summary>Takes a recipient that was accepted.</summary>
    public void Add(SmtpRecipient recipient) => _recipients.Add(recipient);
}

/// <summary>A recipient of a transaction.</summary>
/// <param name="OriginalRecipient">ORCPT; null if absent.</param>
public sealed record SmtpRecipient(SmtpPath Path, DsnNotify Notify = DsnNotify.Unspecified, TypedText? OriginalRecipient = null);
