using Plenum.Contracts.Mail;

namespace Plenum.Mail.Domain;

/// <summary>A message in the outbound queue. Its octets lie in the blob store; who gets it stands in <see cref="QueuedRecipient"/>.</summary>
public sealed class QueuedMessage
{
    public const int MaxReference = 200;

    public const int MaxRecipientReference = 100;

    private readonly List<QueuedRecipient> _recipients = [];

    private QueuedMessage()
    {
    }

    public QueuedMessage(string source, string blob, long sizeBytes, DateTime utcNow, DateTime expiresAt)
    {
        Id = MailMessageId.New();
        Source = source;
        Blob = blob;
        SizeBytes = sizeBytes;
        CreatedAt = utcNow;
        ExpiresAt = expiresAt;
    }

    public MailMessageId Id { get; private init; }

    /// <summary>Module that sent it, or "submission" for people's own mail.</summary>
    public string Source { get; private init; } = "";

    /// <summary>The sender's own key of the occasion.</summary>
    public string? Reference { get; init => field = value is { Length: > MaxReference } ? throw new ArgumentException("The reference is too long.", nameof(value)) : value; }

    /// <summary>SHA-256 of the message, lower-case hexadecimal.</summary>
    public string Blob { get; private init; } = "";

    /// <summary>Octets at the start of the blob that are for our own eyes (Return-Path) and are not sent.</summary>
    public int SkippedOctets { get; init; }

    /// <summary>Size of the blob in octets.</summary>
    public long SizeBytes { get; private init; }

    /// <summary>Domain whose keys sign and whose bounces+… addresses take returns; empty signs nothing.</summary>
    public string Domain { get; init; } = "";

    public DateTime CreatedAt { get; private init; }

    public DateTime ExpiresAt { get; private init; }

    /// <summary>ENVID of the submitter (RFC 3461 §4.4), decoded.</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>RET=HDRS (RFC 3461 §4.3): a failure report carries the header only.</summary>
    public bool ReturnsHeadersOnly { get; init; }

    /// <summary>What we found on arrival, if this is forwarded mail: the value of an Authentication-Results field, to be sealed (RFC 8617).</summary>
    public string? ChainResults { get; init; }

    public AuthenticationResult ChainStatus { get; init; }

    /// <summary>ARC sets the message had on arrival.</summary>
    public int ChainInstances { get; init; }

    public IReadOnlyList<QueuedRecipient> Recipients => _recipients;

    /// <param name="address">Mailbox; each once.</param>
    /// <param name="domain">Its domain in lower case with A-labels.</param>
    /// <param name="reference">The source's key of this recipient, at most 100 characters.</param>
    /// <param name="returnPath">Null: one is made for this copy. Empty: the null reverse path.</param>
    /// <param name="headers">Header lines only this copy has, each ended by CRLF.</param>
    /// <param name="notify">NOTIFY of the submitter.</param>
    /// <param name="originalRecipient">ORCPT of the submitter, decoded.</param>
    public QueuedRecipient Add(
        string address, string domain, string? reference = null, string? returnPath = null, string headers = "", string? notify = null, string? originalRecipient = null)
    {
        var added = new QueuedRecipient(Id, _recipients.Count, address, domain, CreatedAt)
        {
            Reference = reference is { Length: > MaxRecipientReference } ? throw new ArgumentException("The reference is too long.", nameof(reference)) : reference,
            ReturnPath = returnPath,
            Headers = headers,
            Notify = notify,
            OriginalRecipient = originalRecipient,
        };
        _recipients.Add(added);
        return added;
    }
}
