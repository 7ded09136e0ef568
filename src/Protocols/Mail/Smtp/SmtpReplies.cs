using System.Globalization;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>What the server side says, each with its enhanced status code (RFC 3463, RFC 5248 registry).</summary>
public static class SmtpReplies
{
    public static SmtpReply Ok { get; } = new(250, "2.0.0", "OK");

    public static SmtpReply SenderOk { get; } = new(250, "2.1.0", "Sender OK");

    public static SmtpReply RecipientOk { get; } = new(250, "2.1.5", "Recipient OK");

    public static SmtpReply StartData { get; } = new(354, "", "Send the message, end it with a line that holds only a dot");

    public static SmtpReply ReadyForTls { get; } = new(220, "2.0.0", "Ready to start TLS");

    public static SmtpReply Verify { get; } = new(252, "2.1.5", "Send some mail, it will be tried"); // RFC 5321 §3.5.3

    public static SmtpReply Help { get; } = new(214, "2.0.0", "RFC 5321 has the commands");

    public static SmtpReply NotImplemented { get; } = new(502, "5.5.1", "Command not implemented");

    public static SmtpReply Unknown { get; } = new(500, "5.5.2", "Command not recognised");

    public static SmtpReply LineTooLong { get; } = new(500, "5.5.2", "Line too long"); // RFC 5321 §4.5.3.1.9

    public static SmtpReply LineEnd { get; } = new(500, "5.5.2", "A command line holds a bare CR, a bare LF or a NUL");

    public static SmtpReply NotUtf8 { get; } = new(500, "5.5.2", "A command line is not UTF-8");

    public static SmtpReply NoArgument { get; } = new(501, "5.5.4", "This command takes no argument");

    public static SmtpReply BadPath { get; } = new(501, "5.1.3", "The address is malformed");

    public static SmtpReply BadSender { get; } = new(501, "5.1.7", "The sender's address is malformed");

    public static SmtpReply NeedsUtf8 { get; } = new(553, "5.6.7", "An address beyond ASCII needs the parameter SMTPUTF8"); // RFC 6531 §3.5

    public static SmtpReply BadParameter(string keyword) => new(501, "5.5.4", $"Bad value of parameter {keyword}");

    public static SmtpReply UnknownParameter(string keyword) => new(555, "5.5.4", $"Parameter {keyword} not recognised"); // RFC 5321 §4.1.1.11

    public static SmtpReply HelloFirst { get; } = new(503, "5.5.1", "Say EHLO first");

    public static SmtpReply MailFirst { get; } = new(503, "5.5.1", "Say MAIL first");

    public static SmtpReply MailTwice { get; } = new(503, "5.5.1", "There is a transaction already");

    public static SmtpReply NoRecipients { get; } = new(554, "5.5.1", "No valid recipients"); // RFC 5321 §3.3

    public static SmtpReply DataAfterChunks { get; } = new(503, "5.5.1", "DATA and BDAT do not mix"); // RFC 3030 §2

    public static SmtpReply TooManyRecipients { get; } = new(452, "4.5.3", "Too many recipients"); // RFC 5321 §4.5.3.1.10

    public static SmtpReply TooLarge(long max)
        => new(552, "5.3.4", string.Create(CultureInfo.InvariantCulture, $"The message is larger than {max} octets")); // RFC 1870 §6.1

    /// <summary>RFC 5321 §2.3.8; what makes smuggled messages possible (CVE-2023-51764 and kin).</summary>
    public static SmtpReply BareLineEnd { get; } = new(554, "5.6.0", "The message holds a bare CR or a bare LF: lines end in CRLF");

    public static SmtpReply EncryptionRequired { get; } = new(530, "5.7.0", "Say STARTTLS first"); // RFC 3207 §4

    public static SmtpReply AuthenticationRequired { get; } = new(530, "5.7.0", "Sign in first"); // RFC 4954 §6

    public static SmtpReply NotInTransaction { get; } = new(503, "5.5.1", "Not within a mail transaction");

    public static SmtpReply AlreadyEncrypted { get; } = new(503, "5.5.1", "TLS is on already");

    public static SmtpReply AlreadySignedIn { get; } = new(503, "5.5.1", "Signed in already");

    public static SmtpReply NoMechanism { get; } = new(504, "5.5.4", "Mechanism not offered here");

    public static SmtpReply SignedIn { get; } = new(235, "2.7.0", "Signed in");

    public static SmtpReply Bye { get; } = new(221, "2.0.0", "Bye") { ClosesConnection = true };

    public static SmtpReply TimedOut { get; } = new(421, "4.4.2", "Nothing heard for too long") { ClosesConnection = true };

    public static SmtpReply ShuttingDown { get; } = new(421, "4.3.2", "The server is stopping, come back soon") { ClosesConnection = true };

    public static SmtpReply TooManyErrors { get; } = new(421, "4.7.0", "Too many errors") { ClosesConnection = true };

    public static SmtpReply TooManyCommands { get; } = new(421, "4.7.0", "Too many commands without mail") { ClosesConnection = true };

    /// <summary>A browser was made to speak to a mail port.</summary>
    public static SmtpReply WrongProtocol { get; } = new(421, "4.7.0", "This is a mail server") { ClosesConnection = true };
}
