namespace Plenum.Protocols.Mail.Dsn;

/// <summary>NOTIFY parameter of RCPT TO: when the sender wants to hear (RFC 3461 §4.1).</summary>
[Flags]
public enum DsnNotify
{
    /// <summary>The parameter was not given: failure is reported, delay may be.</summary>
    Unspecified = 0,

    /// <summary>Stands alone: whatever happens, no report.</summary>
    Never = 1,
    Success = 2,
    Failure = 4,
    Delay = 8,
}

/// <summary>RET parameter of MAIL FROM: what a report of failure gives back (RFC 3461 §4.3).</summary>
public enum DsnReturn
{
    /// <summary>The parameter was not given: the reporting host decides.</summary>
    Unspecified,
    Full,
    Headers,
}
