using System.Buffers;
using System.Text;
using Plenum.Protocols.Mail.Imap;
using Plenum.Protocols.Mail.Imap.Commands;
using Plenum.Protocols.Mail.Imap.Mime;
using Plenum.Protocols.Mail.Imap.Responses;

namespace Plenum.Fuzz.Imap;

internal static class ImapTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new("imap-commands", Read,
            "a LOGIN {4+}\r\nemil \"x\\\"\"\r\nb UID FETCH 1:5,* (FLAGS BODY.PEEK[1.2.HEADER.FIELDS (DATE)]<0.9> BINARY[1]) (CHANGEDSINCE 5 VANISHED)\r\n",
            "a SEARCH RETURN (MIN COUNT) CHARSET UTF-8 OR (FLAGGED SINCE 1-Feb-1994) NOT FROM \"S\" 2:4,* MODSEQ 7\r\nb SORT (REVERSE DATE) UTF-8 ALL\r\n",
            "a APPEND \"Sent\" (\\Seen $x) \" 7-Feb-1994 21:52:25 -0800\" {3+}\r\nabc UTF8 (~{2+}\r\nxy)\r\n",
            "a LIST (SUBSCRIBED RECURSIVEMATCH) \"\" (INBOX %) RETURN (STATUS (MESSAGES))\r\nb SELECT &AOQ- (QRESYNC (1 2 1:3 (1,2 3,4)))\r\n",
            "a STORE 1 (UNCHANGEDSINCE 9) -FLAGS.SILENT (\\Seen)\r\nb ID (\"a\" NIL)\r\nc SETACL a b +lrs\r\nd AUTHENTICATE PLAIN =\r\n"),
        new("imap-structure", Structure,
            "From: A <a@x>\r\nTo: g:b@y (c), \"d\"@[::1];\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\ny\r\n--a\r\nContent-Type: text/plain; a=\"b\\\"\"; c\r\nContent-Language: de, en\r\n\r\nz\r\n--a--\r\n"),
        new("imap-utf7", octets =>
        {
            var text = Encoding.Latin1.GetString(octets);
            FuzzTarget.Require(!ModifiedUtf7.TryDecode(text, out var name) || ModifiedUtf7.Encode(name) == text, "Two names stand for one mailbox.");
        }, "~peter/mail/&U,BTFw-/&ZeVnLIqe-", "AT&-T"),
    ];

    private static void Read(byte[] octets)
    {
        var reader = new ImapCommandReader(ImapLimits.Default with { MaxLineOctets = 4_000, MaxLiteralOctets = 500, MaxMessageOctets = 1_000 });
        var buffer = new ReadOnlySequence<byte>(octets);
        while (reader.Read(ref buffer) is var read and not ImapRead.NeedsMore)
        {
            switch (read)
            {
                case ImapRead.Message message:
                    buffer = buffer.Slice(Math.Min(message.Octets, buffer.Length));
                    reader.MessageTaken();
                    break;
                case ImapRead.Refused { Refusal.ClosesConnection: true }:
                    return;
                case ImapRead.Command { Parsed: ImapCommand.Fetch fetch }:
                    var writer = new ImapResponseWriter(new ArrayBufferWriter<byte>());
                    foreach (var section in fetch.Items.OfType<FetchItem.Section>())
                    {
                        writer.SectionName(section);
                    }

                    break;
            }
        }
    }

    private static void Structure(byte[] octets)
    {
        var message = MessageStructure.Read(new MemoryStream(octets));
        var writer = new ImapResponseWriter(new ArrayBufferWriter<byte>());
        writer.Envelope(message.Envelope).Structure(message.Body, isExtensible: true);
        Check(message.Body, octets.Length);
    }

    private static void Check(BodyPart part, long length)
    {
        FuzzTarget.Require(part.HeaderAt >= 0 && part.HeaderAt <= part.BodyAt && part.BodyAt <= part.EndAt && part.EndAt <= length, "A part lies outside its message.");
        foreach (var child in part.Parts.Concat(part.Message is { } inner ? [inner.Body] : []))
        {
            Check(child, length);
        }
    }
}
