namespace Plenum.Protocols.Mail.Arc;

/// <summary>Chain validation status (RFC 8617 §4.4): also the values of cv=.</summary>
public enum ArcStatus
{
    /// <summary>No chain.</summary>
    None,

    /// <summary>All seals and the newest message signature verify.</summary>
    Pass,

    /// <summary>The chain is broken, for good.</summary>
    Fail,
}
