namespace Plenum.Protocols.Mail.Dns;

/// <summary>How a DNS question ended.</summary>
public enum DnsStatus
{
    /// <summary>At least one record of the asked type.</summary>
    Found,

    /// <summary>The name exists and has no record of the asked type (RFC 2308 §2.2).</summary>
    NoData,

    /// <summary>The name does not exist (RCODE 3), or could not exist.</summary>
    NxDomain,

    /// <summary>No answer now: timeout, SERVFAIL, REFUSED, unreadable answer. Ask again later.</summary>
    TempFail,
}
