namespace Plenum.Protocols.Mail.Dsn;

/// <summary>Action field: what the reporting host did for a recipient (RFC 3464 §2.3.3).</summary>
public enum DsnAction
{
    /// <summary>Given up.</summary>
    Failed,

    /// <summary>Not yet delivered, tries go on.</summary>
    Delayed,

    /// <summary>Delivered to the recipient's own mailbox or list.</summary>
    Delivered,

    /// <summary>Passed to a host that makes no such reports.</summary>
    Relayed,

    /// <summary>Delivered and forwarded to several addresses.</summary>
    Expanded,
}
