using System.Buffers;
using System.Text;
using BenchmarkDotNet.Attributes;
using Plenum.Protocols.Mail.Imap;
using Plenum.Protocols.Mail.Imap.Mime;
using Plenum.Protocols.Mail.Imap.Responses;

namespace Plenum.Benchmarks.Mail;

/// <summary>What an IMAP session does all day: read a FETCH, read a message's structure, write an ENVELOPE.</summary>
[MemoryDiagnoser]
public class ImapBenchmarks
{
    private static readonly byte[] Command = "a1 UID FETCH 1:500,700,* (UID FLAGS INTERNALDATE BODY.PEEK[HEADER.FIELDS (DATE FROM SUBJECT)])\r\n"u8.ToArray();

    private readonly ImapCommandReader _reader = new(ImapLimits.Default);
    private readonly ArrayBufferWriter<byte> _output = new(64 * 1024);
    private readonly byte[] _mail = Encoding.ASCII.GetBytes(
        "From: Emil Ebner <emil@example.org>\r\nTo: techtalk@lists.plenum.test\r\nSubject: Sitzung\r\nDate: Tue, 24 Nov 2026 23:30:00 +0100\r\nMessage-ID: <1@example.org>\r\n"
        + "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n"
        + string.Concat(Enumerable.Repeat("Zeile eines Beitrags, wie man sie schreibt.\r\n", 100)) + "--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + string.Concat(Enumerable.Repeat(new string('A', 76) + "\r\n", 500)) + "--b--\r\n");

    private MessageStructure _structure = null!;

    [GlobalSetup]
    public void Prepare() => _structure = MessageStructure.Read(new MemoryStream(_mail));

    [Benchmark]
    public ImapRead ReadCommand()
    {
        var buffer = new ReadOnlySequence<byte>(Command);
        return _reader.Read(ref buffer);
    }

    [Benchmark]
    public MessageStructure ReadStructure() => MessageStructure.Read(new MemoryStream(_mail));

    [Benchmark]
    public int WriteStructure()
    {
        _output.ResetWrittenCount();
        new ImapResponseWriter(_output).Envelope(_structure.Envelope).Structure(_structure.Body, isExtensible: true);
        return _output.WrittenCount;
    }
}
