namespace Plenum.Protocols.Mail.Spf;

/// <summary>Whose name was checked (RFC 7208 §2.3, §2.4).</summary>
public enum SpfIdentity
{
    /// <summary>The domain of the reverse-path.</summary>
    MailFrom,

    /// <summary>The name given in EHLO; also when the reverse-path is empty.</summary>
    Helo,
}
