namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>Results in the words of RFC 7489 §11.2.</summary>
public enum DmarcResult
{
    /// <summary>The domain publishes no policy.</summary>
    None,

    /// <summary>An aligned DKIM signature or an aligned SPF identity passed.</summary>
    Pass,

    /// <summary>Neither did.</summary>
    Fail,

    /// <summary>The DNS gave no answer now.</summary>
    TempError,

    /// <summary>The message has no From domain to ask about.</summary>
    PermError,
}
