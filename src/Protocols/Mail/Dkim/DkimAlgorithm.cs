namespace Plenum.Protocols.Mail.Dkim;

/// <summary>Signature algorithms that may still be used: rsa-sha1 is neither signed nor verified (RFC 8301 §3.1).</summary>
public enum DkimAlgorithm
{
    /// <summary>RSASSA-PKCS1-v1_5 over SHA-256 (RFC 6376 §3.3.2).</summary>
    RsaSha256,

    /// <summary>PureEdDSA over the SHA-256 of the header (RFC 8463 §3).</summary>
    Ed25519Sha256,
}
