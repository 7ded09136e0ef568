namespace Plenum.Mail.Domain;

/// <summary>A DKIM key of one of our mail domains, the private part sealed with the master key.</summary>
public sealed class SigningKey
{
    public required string Domain { get; init; }

    /// <summary>Where the public part is published: SELECTOR._domainkey.DOMAIN (RFC 6376 §3.6.2.1).</summary>
    public required string Selector { get; init; }

    /// <summary>"rsa" or "ed25519".</summary>
    public required string Algorithm { get; init; }

    public required byte[] Sealed { get; init; }

    /// <summary>The TXT record to publish.</summary>
    public required string DnsRecord { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Signs no more; the record stays published for mail on its way.</summary>
    public DateTime? RetiredAt { get; init; }
}
