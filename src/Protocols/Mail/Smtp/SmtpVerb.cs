namespace Plenum.Protocols.Mail.Smtp;

/// <summary>Commands a server knows by name.</summary>
internal enum SmtpVerb
{
    Unknown,
    Ehlo,
    Helo,
    Mail,
    Rcpt,
    Data,
    Bdat,
    Rset,
    Noop,
    Quit,
    Vrfy,
    Expn,
    Help,
    StartTls,
    Auth,

    /// <summary>The first line of an HTTP request, or a header field: a browser was tricked.</summary>
    Foreign,
}
