namespace Plenum.Protocols.Sasl;

/// <summary>Why an exchange failed, in the words of RFC 6120 §6.5; SMTP and IMAP map them to 535/454 and AUTHENTICATIONFAILED and kin.</summary>
public enum SaslFailure
{
    Aborted,
    AccountDisabled,
    CredentialsExpired,
    EncryptionRequired,
    IncorrectEncoding,
    InvalidAuthzid,
    InvalidMechanism,
    MalformedRequest,
    MechanismTooWeak,
    NotAuthorized,
    TemporaryAuthFailure,
}
