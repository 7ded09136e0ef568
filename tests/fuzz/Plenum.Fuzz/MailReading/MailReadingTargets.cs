using System.Text;
using Plenum.Protocols.Mail.Arf;
using Plenum.Protocols.Mail.Bounce;
using Plenum.Protocols.Mail.Dsn;
using Plenum.Protocols.Mail.Reports;
using Plenum.Protocols.Mail.Threading;

namespace Plenum.Fuzz.MailReading;

internal static class MailReadingTargets
{
    private static readonly ReportHeader Header = new()
    {
        From = "mailer-daemon@plenum.test",
        To = "bob@plenum.test",
        Subject = "Report",
        Date = DateTimeOffset.UnixEpoch,
        MessageId = "1@plenum.test",
    };

    public static FuzzTarget[] All { get; } =
    [
        new("bounce", RunBounce,
            "Return-Path: <>\r\nFrom: MAILER-DAEMON@example.org\r\nSubject: failure notice\r\n\r\nHi. This is the qmail-send program at x.\r\n\r\n<ada@example.net>:\r\nRemote host said: 550 5.1.1 no such user\r\n\r\n--- Below this line is a copy of the message.\r\n\r\nTo: ada@example.net\r\n",
            "From: Mailer-Daemon@example.org\r\nX-Failed-Recipients: ada@example.net\r\nSubject: Mail delivery failed\r\n\r\nThis message was created automatically by mail delivery software.\r\n\r\n  ada@example.net\r\n    SMTP error from remote mail server after MAIL FROM:<b@c>:\r\n    host mx [192.0.2.1]: 550 5.7.1 blocked\r\n",
            "From: MAILER-DAEMON\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nThe following addresses had errors\r\n<ada@example.net>\r\n (expanded from: <a@b.example>)\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns;x\r\n\r\nFinal-Recipient: rfc822;ada@example.net\r\nAction: failed\r\nStatus: 5.0.0\r\nDiagnostic-Code: smtp;552 quota\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nTo: a@b.example\r\n--b--\r\n",
            "From: Ada <ada@example.net>\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\nAway\r\n",
            "From: SES <no-reply@sns.amazonaws.com>\r\nSubject: AWS Notification Message\r\n\r\n{\"Message\":\"{\\\"notificationType\\\":\\\"Bounce\\\",\\\"bounce\\\":{\\\"bounceType\\\":\\\"Permanent\\\",\\\"bouncedRecipients\\\":[{\\\"emailAddress\\\":\\\"a@b.example\\\"}]}}\"}\r\n"),
        new("dsn", RunDsn,
            "Original-Envelope-Id: a+20b\r\nReporting-MTA: dns; x\r\nArrival-Date: Tue, 24 Nov 2026 10:00:00 +0100\r\n\r\nOriginal-Recipient: utf-8;d\\x{F6}rte@x\r\nFinal-Recipient: rfc822; ada@example.net\r\nAction: delayed (x)\r\nStatus: 4.4.1\r\nDiagnostic-Code: smtp; 450 4.4.1\r\n try later\r\nX-Note: y\r\n",
            "NEVER", "SUCCESS,DELAY", "HDRS", "rfc822;a+2Bb@c"),
        new("arf", RunArf,
            "Feedback-Type: abuse\r\nUser-Agent: x/1\r\nVersion: 1\r\nOriginal-Mail-From: <>\r\nOriginal-Rcpt-To: <a@b>\r\nSource-IP: 192.0.2.1\r\nIncidents: 3\r\nReported-Domain: x.example\r\n",
            "Feedback-Type: auth-failure\r\nAuth-Failure: dkim\r\nDKIM-Canonicalized-Body: AAAA\r\n AA==\r\nSPF-DNS: txt : x : v=spf1\r\nVersion: 1\r\nUser-Agent: y\r\n"),
        new("threading", RunThreading,
            "1|<a@b>||Re: [x] a|5\n2|<b@b>|<a@b> <c@b>|(fwd)|3\n3|<c@b>|<b@b>|[fwd: a]|4\n",
            "1||<x@y>|=?utf-8?q?=C3=A4?=|1\n2|<\"q\"@y>|(c <d>) <q@y>|ä|1\n2|<x@y>||Re:|1\n"),
    ];

    private static void RunBounce(byte[] octets)
    {
        var report = BounceClassifier.Classify(octets);
        FuzzTarget.Require(report.Recipients.All(r => r.Address.Length > 0 && r.Diagnostic.Length <= 500), "A recipient without address, or a boundless diagnostic.");
        FuzzTarget.Require(report.Class != BounceClass.Hard || report.Recipients.Any(r => r.Class == BounceClass.Hard), "Hard without anybody.");
        Diagnosis.Of(Encoding.UTF8.GetString(octets));
    }

    private static void RunDsn(byte[] octets)
    {
        var text = Encoding.UTF8.GetString(octets);
        _ = EnhancedStatusCode.TryFind(text, out _) | DsnReader.TryRead(octets, out _) | DsnParameters.TryParseReturn(text, out _) | DsnParameters.TryParseEnvid(text, out _);
        FuzzTarget.Require(!DsnParameters.TryParseNotify(text, out var notify) || (DsnParameters.TryParseNotify(DsnParameters.Format(notify), out var same) && same == notify), "NOTIFY changes.");
        FuzzTarget.Require(!TypedText.TryParseOrcpt(text, out var address) || address.ToOrcpt().Length > TypedText.MaxOrcptLength || (TypedText.TryParseOrcpt(address.ToOrcpt(), out var sameAddress) && sameAddress == address), "ORCPT changes.");
        if (!DeliveryStatusReader.TryRead(octets, out var status))
        {
            return;
        }

        var complete = status with
        {
            ReportingMta = status.ReportingMta ?? TypedText.Dns("x"),
            Recipients = [.. status.Recipients.Select(r => r with
            {
                FinalRecipient = r.FinalRecipient ?? TypedText.Address("a@b"),
                Action = r.Action ?? DsnAction.Failed,
                Status = r.Status ?? new EnhancedStatusCode(5, 0, 0),
            })],
        };
        var mail = DsnWriter.Write(Header, new DsnMessage { Text = text, Status = complete, Returned = ReturnedContent.Message, Original = octets });
        FuzzTarget.Require(DsnReader.TryRead(mail, out var again) && again.Status.Recipients.Count == complete.Recipients.Count, "A report of ours is not read again.");
    }

    private static void RunArf(byte[] octets)
    {
        ArfReader.TryRead(octets, out _);
        if (FeedbackReportReader.TryRead(octets, out var report) && report is { UserAgent.Length: > 0, Version.Length: > 0 })
        {
            FuzzTarget.Require(FeedbackReportReader.TryRead(FeedbackReportWriter.Write(report), out var again) && again.FeedbackType.Length > 0, "A complaint of ours is not read again.");
        }
    }

    /// <summary>Lines "key|Message-ID|References|Subject|minute". Any order of arrival gives the same forest.</summary>
    private static void RunThreading(byte[] octets)
    {
        var messages = new List<ThreadMessage<string>>();
        foreach (var line in Encoding.UTF8.GetString(octets).Split('\n').Take(300))
        {
            var cells = line.Split('|');
            if (cells.Length == 5 && messages.TrueForAll(m => m.Key != cells[0]))
            {
                messages.Add(new ThreadMessage<string>(cells[0])
                {
                    MessageId = MessageIds.ParseLoosely(cells[1]) is [var id, ..] ? id : "",
                    References = MessageIds.ParseLoosely(cells[2]),
                    Subject = cells[3],
                    Date = SentDate.Read(null, DateTimeOffset.UnixEpoch.AddMinutes(cells[4].Length)),
                });
            }
        }

        var (forward, backward) = (new ThreadForest<string>(), new ThreadForest<string>());
        messages.ForEach(m => forward.Add(m));
        messages.AsEnumerable().Reverse().ToList().ForEach(m => backward.Add(m));
        FuzzTarget.Require(ThreadText.Write(forward.ToThreads(joinSubjects: true)) == ThreadText.Write(backward.ToThreads(joinSubjects: true)), "The forest depends on the order of arrival.");
        Threads.ByOrderedSubject(messages);
    }
}
