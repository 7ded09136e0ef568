namespace Plenum.Protocols.Mail.Dkim;

/// <summary>Why a signature is not <see cref="DkimResult.Pass"/>.</summary>
public enum DkimProblem
{
    None,

    /// <summary>The field is no tag list, or a value is outside its grammar (RFC 6376 §3.2, §3.5).</summary>
    Syntax,

    /// <summary>v= is not 1 (RFC 6376 §6.1.1).</summary>
    Version,

    /// <summary>A required tag is absent (RFC 6376 §3.5).</summary>
    MissingTag,

    /// <summary>a= is unknown, or rsa-sha1, which counts as failed for good (RFC 8301 §3.1).</summary>
    Algorithm,

    /// <summary>c= is unknown.</summary>
    Canonicalization,

    /// <summary>q= names no method we know.</summary>
    QueryMethod,

    /// <summary>h= does not name From (RFC 6376 §6.1.1).</summary>
    FromNotSigned,

    /// <summary>i= is not d= or below it, or the key forbids subdomains with t=s (RFC 6376 §3.5, §3.6.1).</summary>
    Identity,

    /// <summary>x= has passed.</summary>
    Expired,

    /// <summary>t= lies far in the future.</summary>
    FromTheFuture,

    /// <summary>The DNS gave no answer now.</summary>
    KeyUnavailable,

    /// <summary>There is no key record.</summary>
    NoKey,

    /// <summary>The key record is not readable (RFC 6376 §3.6.1).</summary>
    KeySyntax,

    /// <summary>The key record's p= is empty: the key was withdrawn.</summary>
    KeyRevoked,

    /// <summary>The key record's k=, h= or s= does not allow this use.</summary>
    KeyNotForThis,

    /// <summary>An RSA key under 1024 bits or absurdly long (RFC 8301 §3.2).</summary>
    KeyLength,

    /// <summary>The body is not the one that was signed.</summary>
    BodyHash,

    /// <summary>The body is shorter than l= says.</summary>
    BodyTooShort,

    /// <summary>l= leaves the end of the body unsigned: anybody may have appended it (RFC 6376 §8.2).</summary>
    BodyPartlySigned,

    /// <summary>The header is not the one that was signed, or another key signed it.</summary>
    Signature,

    /// <summary>More signatures than are looked at.</summary>
    TooManySignatures,
}
