using System.Text;
using CsCheck;
using Plenum.Protocols.Mail.Arf;
using Plenum.Protocols.Mail.Bounce;
using Plenum.Protocols.Mail.Dsn;
using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Tests.Mail.Bounce;

public sealed class BounceClassifierTests
{
    private const string Original = "From: Bob <bob@plenum.test>\r\nTo: ada@example.net\r\nMessage-ID: <1@plenum.test>\r\nSubject: User unknown, mailbox full\r\n\r\nspam\r\n";

    [Theory]
    [InlineData("Hi. This is the James mail server at example.org.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up.\n\nFailed recipient(s):\nada@example.net\n\nError message:\n550 5.1.1 <ada@example.net>: User unknown\n", "ada@example.net Hard MailboxUnknown")]
    [InlineData("   ----- The following addresses had delivery problems -----\nada@example.net\n\n   ----- Non-delivered information -----\nThe number of messages in recipient's mailbox exceeded the local limit.\n", "ada@example.net Full MailboxFull")]
    [InlineData("Your message could not be sent.\nA transcript of the attempts to send the message follows.\n\nAddressed To: ada@example.net\n\nFailed to send to identified host,\nada@example.net: [192.0.2.5], 550 ada@example.net... No such user\n", "ada@example.net Hard MailboxUnknown")]
    [InlineData("Each of the following recipients was rejected by a remote mail server.\n\n    Recipient: <ada@example.net>\n    Reason:    5.1.1 <ada@example.net>... User unknown\n\n    Recipient: <chandra@example.net>\n    Reason:    5.2.2 mailbox full\n", "ada@example.net Hard MailboxUnknown; chandra@example.net Full MailboxFull")]
    [InlineData("This is the mail system at host mx.plenum.test.\n\nI'm sorry to have to inform you that your message could not\nbe delivered.\n\n<ada@example.net>: host mx.example.net[192.0.2.1] said: 550 5.7.1 Service\n    unavailable; blocked using zen.example.org (in reply to RCPT TO command)\n", "ada@example.net Policy Reputation")]
    [InlineData("This message was created automatically by mail delivery software.\nA message that you sent could not be delivered to one or more of its\nrecipients. The following address(es) failed:\n\n  ada@example.net\n    SMTP error from remote mail server after MAIL FROM:<bob@plenum.test>:\n    host mx.example.net [192.0.2.1]: 550 unknown user\n", "ada@example.net Policy SenderRefused")]
    [InlineData("Hi. This is the qmail-send program at example.org.\n\n<ada@example.net>:\n192.0.2.1 does not like recipient.\nRemote host said: 550 no such user\n\n<chandra@example.net>:\nConnected to 192.0.2.1 but connection died. (#4.4.2)\n", "ada@example.net Hard MailboxUnknown; chandra@example.net Soft ConnectionTrouble")]
    [InlineData("This message was created automatically by mail delivery software.\nThe following address(es) failed:\n\n  ada@forward.example.net\n    (ultimately generated from ada@example.net)\n    SMTP error from remote mail server after RCPT TO:<ada@forward.example.net>:\n    host mx [192.0.2.1]: 550 no such user\n", "ada@example.net Hard MailboxUnknown")]
    [InlineData("This is the mail system at host x.\n\n<ada@example.net>: host mx[192.0.2.1] said: 550 <bob@plenum.test>: User unknown\n", "ada@example.net Policy SenderRefused")]
    [InlineData("Hi. This is the James mail server at x.\n\nError message below:\n550 - Requested action not taken: no such user here\n\nMessage details:\n  MAIL FROM: bob@plenum.test\n  RCPT TO: ada@example.net\n", "ada@example.net Hard MailboxUnknown")]
    [InlineData("Die folgende Nachricht konnte nicht zugestellt werden.\nEmpfänger: ada@example.net\nGrund: 550 Empfänger unbekannt\n", "ada@example.net Hard MailboxUnknown")]
    [InlineData("We could not deliver to ada@example.net or chandra@example.net: unknown user\n", "ada@example.net Hard MailboxUnknown")]
    public void A_notice_in_plain_text_is_understood(string notice, string expected)
        => Assert.Equal(expected, Recipients(Classify("From: MAILER-DAEMON@example.org\r\nTo: bob@plenum.test\r\nSubject: Undeliverable mail\r\n\r\n"
            + notice + "\n--- Below this line is a copy of the message.\n\n" + Original)));

    [Fact]
    public void Which_of_two_is_dead_is_not_guessed()
        => Assert.Equal("ada@example.net Soft Unknown; chandra@example.net Soft Unknown", Recipients(Classify(
            "From: MAILER-DAEMON@example.org\r\nTo: bob@plenum.test\r\nSubject: Undeliverable mail\r\n\r\nWe could not deliver to ada@example.net or chandra@example.net: unknown user\n")));

    [Fact]
    public void What_comes_back_is_told_from_what_is_said_about_it()
    {
        var report = Classify("Return-Path: <>\r\nFrom: postmaster@example.org\r\nTo: bob@plenum.test\r\nSubject: failure notice\r\n\r\n"
            + "Hi. This is the qmail-send program at example.org.\n\n<ada@example.net>:\nSorry, I wasn't able to establish an SMTP connection. (#4.4.1)\n\n--- Below this line is a copy of the message.\n\n" + Original);
        Assert.Equal("ada@example.net Soft ConnectionTrouble", Recipients(report));
        Assert.Equal("1@plenum.test", report.OriginalMessageId);
    }

    [Fact]
    public void A_warning_is_never_final()
    {
        var report = Classify("Return-Path: <>\r\nFrom: Mailer-Daemon@example.org\r\nSubject: Warning: message delayed 24 hours\r\n\r\n"
            + "This message was created automatically by mail delivery software.\nThe address to which the message has not yet been delivered is:\n\n  ada@example.net\n    Delay reason: unknown user\n");
        Assert.Equal("ada@example.net Soft TemporaryTrouble", Recipients(report));
        Assert.True(report.Recipients[0].IsDelayed);
    }

    [Fact]
    public void A_notice_in_HTML_alone_is_read()
        => Assert.Equal("ada@example.net Hard MailboxUnknown", Recipients(Classify(
            "Return-Path: <>\r\nFrom: postmaster@example.org\r\nSubject: Unzustellbar: Hallo\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
            + "<html><style>p {}</style><p>Diagnoseinformationen f&uuml;r Administratoren:</p><p>ada@example.net<br>Remote Server returned '550 5.1.1 RESOLVER.ADR.RecipNotFound; not found'</p></html>")));

    [Theory]
    [InlineData(DsnAction.Failed, "5.1.1", "550 5.1.1 no such user", "ada@example.net Hard MailboxUnknown")]
    [InlineData(DsnAction.Failed, "5.1.1", "550 5.7.1 blocked", "ada@example.net Policy Reputation")]
    [InlineData(DsnAction.Failed, "4.4.7", "", "ada@example.net Soft Expired")]
    [InlineData(DsnAction.Delayed, "5.1.1", "550 5.1.1 no such user", "ada@example.net Soft TemporaryTrouble")]
    [InlineData(DsnAction.Delivered, "2.1.5", "250 2.1.5 fine", "ada@example.net NotABounce Delivered")]
    [InlineData(DsnAction.Failed, "5.2.2", "552 quota", "ada@example.net Full MailboxFull")]
    public void Our_own_reports_are_understood(DsnAction action, string status, string diagnostic, string expected)
    {
        Assert.True(EnhancedStatusCode.TryParse(status, out var code));
        var dsn = DsnWriter.Write(Header, new DsnMessage
        {
            Text = "Something happened.\n",
            Status = new DeliveryStatus
            {
                ReportingMta = TypedText.Dns("mx.plenum.test"),
                Recipients =
                [
                    new RecipientStatus
                    {
                        OriginalRecipient = TypedText.Address("ada@example.net"),
                        FinalRecipient = TypedText.Address("ada@forward.example.net"),
                        Action = action,
                        Status = code,
                        DiagnosticCode = diagnostic.Length > 0 ? TypedText.Smtp(diagnostic) : null,
                    },
                ],
            },
            Returned = ReturnedContent.Headers,
            Original = Encoding.ASCII.GetBytes(Original),
        });
        var report = BounceClassifier.Classify(dsn, reversePath: "");
        Assert.Equal(("dsn", expected, "1@plenum.test"), (report.Form, Recipients(report), report.OriginalMessageId));
        Assert.Equal("ada@forward.example.net", report.Recipients[0].FinalAddress);
    }

    [Theory]
    [InlineData("abuse", BounceClass.Complaint, BounceReason.ReportedAsSpam)]
    [InlineData("fraud", BounceClass.Complaint, BounceReason.ReportedAsSpam)]
    [InlineData("opt-out", BounceClass.Complaint, BounceReason.Unsubscribed)]
    [InlineData("not-spam", BounceClass.NotABounce, BounceReason.OtherFeedback)]
    [InlineData("auth-failure", BounceClass.NotABounce, BounceReason.AuthenticationReport)]
    public void Complaints_are_understood(string type, BounceClass expected, BounceReason reason)
    {
        var report = BounceClassifier.Classify(ArfWriter.Write(Header, new ArfMessage
        {
            Text = "A complaint.\n",
            Report = new FeedbackReport { FeedbackType = type, UserAgent = "Test/1" },
            Original = Encoding.ASCII.GetBytes(Original),
        }));
        Assert.Equal((expected, "arf", "1@plenum.test"), (report.Class, report.Form, report.OriginalMessageId));
        Assert.Equal(new BouncedRecipient("ada@example.net", reason), Assert.Single(report.Recipients));
    }

    [Theory]
    [InlineData("Subject: Out of Office: Hello\r\n", BounceReason.OutOfOffice)]
    [InlineData("Subject: I'm out of the office until Monday\r\n", BounceReason.OutOfOffice)]
    [InlineData("Subject: Abwesend\r\n", BounceReason.OutOfOffice)]
    [InlineData("Subject: Automatische Antwort: Einladung\r\n", BounceReason.AutomaticReply)]
    [InlineData("Subject: Re: Hello\r\nAuto-Submitted: auto-replied (vacation)\r\n", BounceReason.OutOfOffice)]
    [InlineData("Subject: Re: Hello\r\nX-Autoreply: yes\r\n", BounceReason.AutomaticReply)]
    [InlineData("Subject: [Ticket 4711] Hello\r\nAuto-Submitted: auto-replied\r\n", BounceReason.AutomaticReply)]
    [InlineData("Subject: =?utf-8?q?R=C3=A9ponse_automatique_=3A_Bonjour?=\r\n", BounceReason.AutomaticReply)]
    public void Answers_of_robots_are_no_bounces(string header, BounceReason reason)
    {
        foreach (var path in new[] { "", "ada@example.net" })
        {
            var text = reason is BounceReason.OutOfOffice ? "I am on vacation. If your mail could not be delivered to ada@work.example, user unknown, write again.\r\n" : "Thank you.\r\n";
            var report = BounceClassifier.Classify(Encoding.UTF8.GetBytes($"Return-Path: <{path}>\r\nFrom: Ada <ada@example.net>\r\nTo: bob@plenum.test\r\nIn-Reply-To: <1@plenum.test>\r\n{header}\r\n{text}"));
            Assert.Equal((BounceClass.Vacation, new BouncedRecipient("ada@example.net", reason)), (report.Class, Assert.Single(report.Recipients)));
            Assert.Equal("1@plenum.test", report.OriginalMessageId);
        }
    }

    [Theory]
    [InlineData("From: Ada <ada@example.net>\r\nSubject: Hello\r\n\r\nMy mail to bob@plenum.test came back: 550 5.1.1 user unknown.\r\n")]
    [InlineData("From: Ada <ada@example.net>\r\nSubject: Fwd: Undelivered Mail Returned to Sender\r\n\r\nHi. This is the qmail-send program at x.\r\n\r\n<bob@plenum.test>:\r\n550 user unknown\r\n")]
    [InlineData("From: Ada <ada@example.net>\r\nSubject: newsletter\r\nAuto-Submitted: auto-generated\r\n\r\nNews\r\n")]
    [InlineData("From: postmaster@example.net\r\nSubject: Maintenance on Sunday\r\n\r\nWe shall work on our servers on Sunday.\r\n")]
    [InlineData("\r\n\r\n")]
    [InlineData("")]
    public void Letters_of_people_are_no_bounces(string mail) => Assert.False(Classify(mail).IsBounce);

    [Fact]
    public void The_gravest_class_counts_for_the_whole()
    {
        Assert.Equal(BounceClass.Full, Classify("From: mailer-daemon@x.example\r\nSubject: failure notice\r\n\r\nHi. This is the qmail-send program.\n\n<a@example.net>:\nmailbox full\n\n<b@example.net>:\nrejected\n").Class);
    }

    [Fact]
    public void No_mail_is_too_hostile()
    {
        string[] bricks = ["From: mailer-daemon@a\r\n", "Subject: failure notice\r\n", "\r\n", "<a@b>:\n", "550 5.1.1 ", "user ", "unknown", "(", "\"", "@", "a@b.example", "Final-Recipient: ", "Content-Type: multipart/report; boundary=x\r\n", "--x\r\n", "{\"notificationType\":", "\0", "ä", "\t", "Transcript of session follows\n", "Recipient: <"];
        Gen.Int[0, bricks.Length - 1].Select(i => bricks[i]).Array[0, 60].Select(string.Concat).Sample(text =>
        {
            var report = BounceClassifier.Classify(Encoding.UTF8.GetBytes(text));
            return report.Recipients.All(recipient => recipient.Address.Contains('@', StringComparison.Ordinal) && recipient.Diagnostic.Length <= 500);
        }, iter: 2000);
        BounceClassifier.Classify(Encoding.ASCII.GetBytes("From: mailer-daemon@a\r\nSubject: failure\r\n\r\n" + string.Concat(Enumerable.Repeat("<a@b.example>: 550 user (", 100_000))));
        BounceClassifier.Classify(Encoding.ASCII.GetBytes("Content-Type: multipart/mixed; boundary=a\r\n\r\n" + string.Concat(Enumerable.Repeat("--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n", 20_000))));
    }

    private static ReportHeader Header => new()
    {
        From = "mailer-daemon@plenum.test",
        To = "bob@plenum.test",
        Subject = "Report",
        Date = new DateTimeOffset(2026, 11, 24, 10, 0, 0, TimeSpan.Zero),
        MessageId = "report-1@plenum.test",
    };

    private static BounceReport Classify(string mail) => BounceClassifier.Classify(Encoding.UTF8.GetBytes(mail));

    private static string Recipients(BounceReport report) => string.Join("; ", report.Recipients.Select(r => $"{r.Address} {r.Class} {r.Reason}"));
}
