namespace Plenum.Protocols.Mail.Smtp;

/// <summary>The server broke the protocol or the connection; what was under way may or may not have happened.</summary>
public sealed class SmtpProtocolException(string message, Exception? cause = null) : Exception(message, cause);
