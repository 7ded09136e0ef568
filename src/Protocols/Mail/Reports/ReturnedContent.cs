namespace Plenum.Protocols.Mail.Reports;

/// <summary>What a report gives back of the message it is about (RFC 6522 §3, third part).</summary>
public enum ReturnedContent
{
    Nothing,

    /// <summary>text/rfc822-headers</summary>
    Headers,

    /// <summary>message/rfc822</summary>
    Message,
}
