using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Plenum.Protocols.Mail.Imap;
using Plenum.Protocols.Mail.Imap.Mime;
using Plenum.Protocols.Mail.Imap.Responses;

namespace Plenum.Benchmarks.Mail;

/// <summary>What an IMAP session does all day: reads commands, takes a message apart, tells of it.</summary>
[MemoryDiagnoser]
public class ImapBenchmarks
{
    private static readonly byte[] Fetch = "a1 UID FETCH 1:500,700,* (UID FLAGS INTERNALDATE BODY.PEEK[HEADER.FIELDS (DATE FROM SUBJECT)])\r\n"u8.ToArray();

    private static readonly byte[] Search = "a2 UID SEARCH RETURN (ALL COUNT) CHARSET UTF-8 OR FROM \"emil\" (SUBJECT \"Sitzung\" SINCE 1-Jan-2026) NOT DELETED UNSEEN\r\n"u8.ToArray();

    private static readonly byte[] Login = "a3 LOGIN {4+}\r\nemil {20+}\r\na password of Emil's\r\n"u8.ToArray();

    private readonly ImapCommandReader _reader = new(ImapLimits.Default);
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private readonly byte[] _mail = Encoding.ASCII.GetBytes(
        "From: Emil Ebner <emil@example.org>\r\nTo: techtalk@lists.plenum.test\r\nSubject: Sitzung\r\nDate: Tue, 24 Nov 2026 23:30:00 +0100\r\nMessage-ID: <1@example.org>\r\n"
        + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
        + string.Concat(Enumerable.Repeat("Zeile eines Beitrags, wie man sie schreibt.\r\n", 100)) + "--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + string.Concat(Enumerable.Repeat(new string('A', 76) + "\r\n", 500)) + "--b--\r\n");

    private MessageStructure _structure = null!;

    [GlobalSetup]
    public void Prepare()
    {
        _structure = MessageStructure.Read(new MemoryStream(_mail));
        if (((byte[][])[Fetch, Search, Login]).Any(command => Read(command) is not ImapRead.Command))
        {
            throw new InvalidOperationException("A command was not read.");
        }
    }

    [Benchmark]
    public ImapRead Read_a_FETCH() => Read(Fetch);

    [Benchmark]
    public ImapRead Read_a_SEARCH() => Read(Search);

    [Benchmark]
    public ImapRead Read_a_LOGIN_with_literals() => Read(Login);

    [Benchmark]
    public MessageStructure Structure_of_a_mail_of_44_KB() => MessageStructure.Read(new MemoryStream(_mail));

    [Benchmark]
    public int Write_ENVELOPE_and_BODYSTRUCTURE()
    {
        _output.ResetWrittenCount();
        new ImapResponseWriter(_output).Envelope(_structure.Envelope).Structure(_structure.Body, isExtensible: true);
        return _output.WrittenCount;
    }

    private ImapRead Read(byte[] command)
    {
        var buffer = new ReadOnlySequence<byte>(command);
        return _reader.Read(ref buffer);
    }
}
