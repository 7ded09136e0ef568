namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>What a domain asks receivers to do with mail that fails (RFC 7489 §6.3 p=), and what was done (disposition).</summary>
public enum DmarcPolicy
{
    /// <summary>Nothing; reports only.</summary>
    None,

    /// <summary>Treat as suspicious.</summary>
    Quarantine,

    /// <summary>Refuse during SMTP.</summary>
    Reject,
}
