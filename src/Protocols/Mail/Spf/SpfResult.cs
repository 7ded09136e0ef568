namespace Plenum.Protocols.Mail.Spf;

/// <summary>What a domain says about a client that uses its name (RFC 7208 §2.6).</summary>
public enum SpfResult
{
    /// <summary>No domain to ask, or it publishes no record.</summary>
    None,

    /// <summary>The domain says explicitly that it says nothing; treat like none.</summary>
    Neutral,

    /// <summary>The client may send for the domain.</summary>
    Pass,

    /// <summary>The client may not.</summary>
    Fail,

    /// <summary>The client probably may not.</summary>
    SoftFail,

    /// <summary>The DNS gave no answer now; a later try may.</summary>
    TempError,

    /// <summary>The record cannot be interpreted; its owner must correct it.</summary>
    PermError,
}
