namespace Plenum.Protocols.Mail.Bounce;

/// <summary>How far an SMTP dialogue had got when it was refused. Before RCPT TO nothing can be said about a recipient.</summary>
public enum SmtpStage
{
    Unknown,

    /// <summary>At the greeting.</summary>
    Connect,

    /// <summary>At EHLO or HELO.</summary>
    Hello,

    /// <summary>At MAIL FROM: about the sender.</summary>
    MailFrom,

    /// <summary>At RCPT TO.</summary>
    RcptTo,

    /// <summary>At DATA or its end.</summary>
    Data,
}
