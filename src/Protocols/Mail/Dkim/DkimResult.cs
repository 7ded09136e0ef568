namespace Plenum.Protocols.Mail.Dkim;

/// <summary>Results of one signature in the words of RFC 8601 §2.7.1.</summary>
public enum DkimResult
{
    /// <summary>The message was not signed.</summary>
    None,

    /// <summary>Signed, acceptable and verified.</summary>
    Pass,

    /// <summary>Signed, acceptable, and body or header do not match.</summary>
    Fail,

    /// <summary>Verified or not, the signature is not acceptable here: key too short, expired, body covered in part.</summary>
    Policy,

    /// <summary>The signature could not be processed: syntax errors.</summary>
    Neutral,

    /// <summary>The key cannot be had now; later may bring a result.</summary>
    TempError,

    /// <summary>Will never verify: no key, revoked key, forbidden algorithm, required tag absent.</summary>
    PermError,
}
