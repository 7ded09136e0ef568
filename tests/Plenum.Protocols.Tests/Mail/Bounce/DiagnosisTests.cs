using Plenum.Protocols.Mail.Bounce;
using Plenum.Protocols.Mail.Dsn;

namespace Plenum.Protocols.Tests.Mail.Bounce;

public sealed class DiagnosisTests
{
    [Theory]
    [InlineData("550 5.1.1 <ada@example.net>: Recipient address rejected: User unknown in local recipient table", BounceReason.MailboxUnknown)]
    [InlineData("550 5.1.1 The email account that you tried to reach does not exist. Please try double-checking", BounceReason.MailboxUnknown)]
    [InlineData("550 No such user here", BounceReason.MailboxUnknown)]
    [InlineData("550 Requested action not taken: mailbox unavailable", BounceReason.MailboxUnknown)]
    [InlineData("554 delivery error: dd This user doesn't have an example.net account (ada@example.net) [0]", BounceReason.MailboxUnknown)]
    [InlineData("550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup", BounceReason.MailboxUnknown)]
    [InlineData("550 5.4.1 Recipient address rejected: Access denied. AS(201806281)", BounceReason.MailboxUnknown)]
    [InlineData("550 Empfaenger unbekannt", BounceReason.MailboxUnknown)]
    [InlineData("554 Usuario Inexistente", BounceReason.MailboxUnknown)]
    [InlineData("Esta casilla ha expirado por falta de uso.", BounceReason.MailboxDisabled)]
    [InlineData("550 5.7.1 <ada@example.net>: Recipient address rejected: User unknown", BounceReason.MailboxUnknown)]
    [InlineData("550 5.2.1 The email account that you tried to reach is disabled", BounceReason.MailboxDisabled)]
    [InlineData("554 5.2.1 This account has been disabled or discontinued [#102]", BounceReason.MailboxDisabled)]
    [InlineData("550 5.1.6 recipient no longer on server: ada@example.net", BounceReason.MailboxMoved)]
    [InlineData("Host or domain name not found. Name service error for name=example.net type=A: Host not found", BounceReason.DomainUnknown)]
    [InlineData("DNS Error: 1 DNS type 'mx' lookup of example.net responded with code NXDOMAIN", BounceReason.DomainUnknown)]
    [InlineData("5.1.2 - Bad destination host 'DNS Hard Error looking up example.net (MX): NXDomain'", BounceReason.DomainUnknown)]
    [InlineData("Unrouteable address", BounceReason.MailboxUnknown)]
    [InlineData("550 5.4.310 DNS domain example.net does not exist", BounceReason.DomainUnknown)]
    [InlineData("550 5.1.2 <ada@example.net>... Host unknown", BounceReason.DomainUnknown)]
    [InlineData("550 5.2.1 mailbox has been closed", BounceReason.MailboxDisabled)]
    [InlineData("556 5.1.10 Recipient address has null MX", BounceReason.NoMailService)]
    [InlineData("an MX or SRV record indicated no SMTP service", BounceReason.NoMailService)]
    [InlineData("501 5.1.3 Bad recipient address syntax", BounceReason.AddressSyntax)]
    public void What_says_that_the_address_is_dead(string reply, BounceReason reason)
    {
        Assert.Equal(reason, Diagnosis.Of(reply));
        Assert.Equal(BounceClass.Hard, BounceReasons.ClassOf(reason));
    }

    [Theory]
    [InlineData("550 5.1.1 sender blacklisted", BounceReason.Reputation)]
    [InlineData("550 5.1.8 <ada@example.org>: Sender address rejected: Domain not found", BounceReason.SenderRefused)]
    [InlineData("553 5.1.8 <a@b.example>... Domain of sender address a@b.example does not exist", BounceReason.SenderRefused)]
    [InlineData("550 5.1.0 <news@example.org> sender rejected. AUP#1310", BounceReason.SenderRefused)]
    [InlineData("550 Unknown sender", BounceReason.SenderRefused)]
    [InlineData("550-Requested action not taken: mailbox unavailable 550 invalid DNS MX or A/AAAA resource record", BounceReason.SenderRefused)]
    [InlineData("504 5.5.2 <localhost>: Helo command rejected: Host not found", BounceReason.Reputation)]
    [InlineData("450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]", BounceReason.Reputation)]
    [InlineData("554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org", BounceReason.Reputation)]
    [InlineData("553 5.1.3 https://www.spamhaus.org/query/ip/192.0.2.1", BounceReason.Reputation)]
    [InlineData("550-5.7.26 This message does not pass authentication checks (SPF and DKIM both 550-5.7.26 do not pass)", BounceReason.NotAuthenticated)]
    [InlineData("550 5.7.1 Email rejected per DMARC policy for example.org", BounceReason.NotAuthenticated)]
    [InlineData("554 5.7.1 <ada@example.net>: Relay access denied", BounceReason.RelayDenied)]
    [InlineData("550 5.7.1 ... Relaying denied. Proper authentication required.", BounceReason.RelayDenied)]
    [InlineData("553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)", BounceReason.RelayDenied)]
    [InlineData("552 5.3.4 Message size exceeds fixed limit", BounceReason.MessageTooLarge)]
    [InlineData("message size 32000000 exceeds size limit 10240000 of server mx.example.net", BounceReason.MessageTooLarge)]
    [InlineData("554 5.7.1 This message has been blocked because it contains a virus", BounceReason.Virus)]
    [InlineData("550 High probability of spam", BounceReason.Spam)]
    [InlineData("421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to user complaints", BounceReason.RateLimited)]
    [InlineData("452 4.5.3 Too many recipients", BounceReason.RateLimited)]
    [InlineData("550 5.7.133 RESOLVER.RST.SenderNotAuthenticatedForGroup; authentication required", BounceReason.NotPermitted)]
    [InlineData("550-Requested action not taken: mailbox unavailable 550-Reject due to policy restrictions. 550 For explanation visit https://example.net/", BounceReason.Refused)]
    [InlineData("550 Domain may not exist or DNS check failed", BounceReason.SenderRefused)]
    [InlineData("550 5.7.1 Domain example.org does not exist", BounceReason.SenderRefused)]
    [InlineData("550-Verification failed for <bob@plenum.test> 550 User unknown", BounceReason.SenderRefused)]
    [InlineData("550 5.1.7 User unknown", BounceReason.SenderRefused)]
    [InlineData("554 This host does not accept mail from dynamic addresses", BounceReason.Reputation)]
    [InlineData("550 Host not found: fix your server", BounceReason.Reputation)]
    [InlineData("550 5.7.1 Access denied", BounceReason.Refused)]
    [InlineData("550 5.1.1 Message not accepted for policy reasons", BounceReason.Refused)]
    [InlineData("550 5.1.1 IP address blacklisted by recipient", BounceReason.Reputation)]
    [InlineData("553 sorry, your envelope recipient is in my badrcptto list (#5.7.1)", BounceReason.Refused)]
    public void What_speaks_of_sender_message_or_way_is_policy(string reply, BounceReason reason)
    {
        Assert.Equal(reason, Diagnosis.Of(reply));
        Assert.Equal(BounceClass.Policy, BounceReasons.ClassOf(reason));
    }

    [Theory]
    [InlineData("552 5.2.2 <ada@example.net>: Mailbox full")]
    [InlineData("452 4.2.2 The email account that you tried to reach is over quota.")]
    [InlineData("552-5.2.2 The recipient's inbox is out of storage space and inactive.")]
    [InlineData("maildir delivery failed: Disk quota exceeded")]
    [InlineData("The number of messages in recipient's mailbox exceeded the local limit.")]
    [InlineData("550 5.2.2")]
    [InlineData("Das Postfach des Empfängers ist voll")]
    [InlineData("550 Destinatario desconocido o mailbox lleno")]
    public void A_full_mailbox_is_full(string reply) => Assert.Equal(BounceReason.MailboxFull, Diagnosis.Of(reply));

    [Theory]
    [InlineData("450 4.1.1 <ada@example.net>: Recipient address rejected: User unknown in local recipient table", BounceReason.TemporaryTrouble)]
    [InlineData("450 4.2.0 <ada@example.net>: Recipient address rejected: Greylisted", BounceReason.TemporaryTrouble)]
    [InlineData("Host or domain name not found. Name service error for name=example.net type=MX: Host not found, try again", BounceReason.NameServiceTrouble)]
    [InlineData("connect to mx.example.net[192.0.2.1]:25: Connection refused", BounceReason.ConnectionTrouble)]
    [InlineData("554 5.4.6 Hop count exceeded - possible mail loop", BounceReason.MailLoop)]
    [InlineData("mail for example.net loops back to myself", BounceReason.MailLoop)]
    [InlineData("452 4.3.1 Insufficient system storage", BounceReason.SystemTrouble)]
    [InlineData("550 5.4.316 Message expired, connection refused", BounceReason.Expired)]
    [InlineData("all hosts have been failing for a long time (and retry time not reached)", BounceReason.Expired)]
    [InlineData("mailbox temporarily unavailable", BounceReason.TemporaryTrouble)]
    [InlineData("The recipient server unexpectedly closed the connection", BounceReason.ConnectionTrouble)]
    [InlineData("Delivery failed 20 attempts", BounceReason.Expired)]
    [InlineData("554 no", BounceReason.Unknown)]
    [InlineData("", BounceReason.Unknown)]
    public void What_may_pass_or_is_unclear_is_soft(string reply, BounceReason reason)
    {
        Assert.Equal(reason, Diagnosis.Of(reply));
        Assert.Equal(BounceClass.Soft, BounceReasons.ClassOf(reason));
    }

    [Fact]
    public void Before_RCPT_nothing_is_said_about_a_recipient()
    {
        Assert.Equal(BounceReason.SenderRefused, Diagnosis.Of("550 5.1.1 User unknown", stage: SmtpStage.MailFrom));
        Assert.Equal(BounceReason.Reputation, Diagnosis.Of("550 unknown host", stage: SmtpStage.Connect));
        Assert.Equal(BounceReason.MailboxUnknown, Diagnosis.Of("550 5.1.1 User unknown", stage: SmtpStage.RcptTo));
        Assert.Equal(BounceReason.MailboxUnknown, Diagnosis.Of("550 5.1.1 User unknown", stage: SmtpStage.Data));
    }

    [Theory]
    [InlineData("", "5.1.1", BounceReason.MailboxUnknown)]
    [InlineData("550 5.0.0 sorry", "5.1.1", BounceReason.MailboxUnknown)]
    [InlineData("550 5.7.1 blocked", "5.1.1", BounceReason.Reputation)]
    [InlineData("User unknown", "4.4.7", BounceReason.TemporaryTrouble)]
    [InlineData("", "5.2.1", BounceReason.MailboxDisabled)]
    [InlineData("", "4.2.2", BounceReason.MailboxFull)]
    [InlineData("", "5.7.1", BounceReason.Refused)]
    [InlineData("", "5.1.8", BounceReason.SenderRefused)]
    [InlineData("", "5.4.4", BounceReason.ConnectionTrouble)]
    [InlineData("", "5.0.0", BounceReason.Unknown)]
    public void The_status_speaks_where_the_words_are_silent(string reply, string status, BounceReason reason)
    {
        Assert.True(EnhancedStatusCode.TryParse(status, out var code));
        Assert.Equal(reason, Diagnosis.Of(reply, code));
    }

    [Fact]
    public void What_stands_in_an_address_or_a_link_is_no_reason()
    {
        Assert.Equal(BounceReason.Refused, Diagnosis.Of("550 5.7.0 <user.unknown@example.net>: rejected, see https://example.net/no-such-user#userunknown"));
        Assert.Equal(BounceReason.MailboxUnknown, Diagnosis.Of("550 5.1.1 <spam.virus@example.net>... User unknown"));
    }
}
