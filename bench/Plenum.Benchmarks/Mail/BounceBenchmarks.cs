using System.Text;
using BenchmarkDotNet.Attributes;
using Plenum.Protocols.Mail.Bounce;
using Plenum.Protocols.Mail.Dsn;
using Plenum.Protocols.Mail.Reports;

namespace Plenum.Benchmarks.Mail;

/// <summary>What comes back to a list's return addresses. One operation is one mail.</summary>
[MemoryDiagnoser]
public class BounceBenchmarks
{
    private byte[] _dsn = null!;
    private byte[] _notice = null!;
    private byte[] _letter = null!;

    [GlobalSetup]
    public void Prepare()
    {
        var original = "From: news@plenum.test\r\nTo: ada@example.net\r\nMessage-ID: <1@plenum.test>\r\n\r\n" + string.Concat(Enumerable.Repeat("Some news of the organisation.\r\n", 100));
        _dsn = DsnWriter.Write(
            new ReportHeader { From = "mailer-daemon@example.net", To = "bounces@plenum.test", Subject = "Undelivered Mail", Date = DateTimeOffset.UnixEpoch, MessageId = "2@example.net" },
            new DsnMessage
            {
                Text = "<ada@example.net>: host mx.example.net said: 550 5.1.1 no such user\n",
                Status = new DeliveryStatus
                {
                    ReportingMta = TypedText.Dns("mx.example.net"),
                    Recipients = [new RecipientStatus { FinalRecipient = TypedText.Address("ada@example.net"), Action = DsnAction.Failed, Status = new EnhancedStatusCode(5, 1, 1), DiagnosticCode = TypedText.Smtp("550 5.1.1 no such user") }],
                },
                Returned = ReturnedContent.Message,
                Original = Encoding.ASCII.GetBytes(original),
            });
        _notice = Encoding.ASCII.GetBytes("Return-Path: <>\r\nFrom: MAILER-DAEMON@example.org\r\nSubject: failure notice\r\n\r\nHi. This is the qmail-send program at example.org.\r\n\r\n"
            + "<ada@example.net>:\r\n192.0.2.1 does not like recipient.\r\nRemote host said: 550 5.1.1 no such user\r\n\r\n--- Below this line is a copy of the message.\r\n\r\n" + original);
        _letter = Encoding.ASCII.GetBytes("Return-Path: <ada@example.net>\r\nSubject: Re: News\r\n" + original);
    }

    [Benchmark]
    public BounceClass Standard_report() => BounceClassifier.Classify(_dsn).Class;

    [Benchmark]
    public BounceClass Notice_in_plain_text() => BounceClassifier.Classify(_notice).Class;

    [Benchmark]
    public BounceClass Letter_of_a_person() => BounceClassifier.Classify(_letter).Class;

    [Benchmark]
    public BounceReason Reply_of_a_live_dialogue() => Diagnosis.Of("550 5.1.1 <ada@example.net>: Recipient address rejected: User unknown in virtual mailbox table");
}
