namespace Plenum.Protocols.Mail.Dkim;

/// <summary>How much a message may change on its way without breaking the signature (RFC 6376 §3.4).</summary>
public enum Canonicalization
{
    /// <summary>Nothing but trailing empty lines of the body (RFC 6376 §3.4.1, §3.4.3).</summary>
    Simple,

    /// <summary>Blanks may be added and folded, field names may change case (RFC 6376 §3.4.2, §3.4.4).</summary>
    Relaxed,
}
