namespace Plenum.Protocols.Mail.Arf;

/// <summary>The fields of an authentication failure report (RFC 6591 §3).</summary>
public sealed record AuthFailure
{
    /// <summary>Auth-Failure in lower case: "adsp", "bodyhash", "revoked", "signature", "spf", "dmarc" (RFC 7489 §7.3.1).</summary>
    public required string Kind { get; init; }

    /// <summary>Delivery-Result in lower case: "delivered", "spam", "policy", "reject", "other"; null if not told.</summary>
    public string? DeliveryResult { get; init; }

    /// <summary>d= of the failed signature.</summary>
    public string? DkimDomain { get; init; }

    /// <summary>i= of the failed signature.</summary>
    public string? DkimIdentity { get; init; }

    /// <summary>s= of the failed signature.</summary>
    public string? DkimSelector { get; init; }

    /// <summary>The key record that was found.</summary>
    public string? DkimSelectorDns { get; init; }

    /// <summary>The header as it was canonicalised, octets.</summary>
    public ReadOnlyMemory<byte> DkimCanonicalizedHeader { get; init; }

    /// <summary>The body as it was canonicalised, octets.</summary>
    public ReadOnlyMemory<byte> DkimCanonicalizedBody { get; init; }

    public string? DkimAdspDns { get; init; }

    /// <summary>SPF records used, "txt : example.org : v=spf1 -all".</summary>
    public IReadOnlyList<string> SpfDns { get; init; } = [];

    /// <summary>Identity-Alignment: the methods that failed to align, "dkim, spf" or "none" (RFC 7489 §7.3.1).</summary>
    public string? IdentityAlignment { get; init; }
}
