using System.Buffers;
using System.Text;
using Plenum.Protocols.Mail.Imap.Commands;
using Plenum.Protocols.Mail.Imap.Mime;
using Plenum.Protocols.Mail.Imap.Responses;
using Plenum.Testing;

namespace Plenum.Protocols.Tests.Mail.Imap;

/// <summary>Mails that nobody here wrote: every one has an envelope, a structure, and parts that lie inside it.</summary>
public sealed class RealMailTests
{
    [Theory]
    [InlineData("eml-mikel-mail")]
    [InlineData("eml-mox")]
    [InlineData("bounces-sisimai")]
    public void Every_mail_has_a_structure(string folder)
    {
        if (!SharedData.TryFind(folder, out var path))
        {
            VectorSet.ReportAbsent("imap-structure-" + folder);
            return;
        }

        var mails = Directory.GetFiles(path, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith("SOURCE.txt", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(mails);
        Assert.All(mails, mail => Check(File.ReadAllBytes(mail)));
    }

    private static void Check(byte[] mail)
    {
        var message = MessageStructure.Read(new MemoryStream(mail));
        Assert.Equal(mail.Length, message.EndAt);
        Check(message.Body, mail.Length);
        var output = new ArrayBufferWriter<byte>();
        new ImapResponseWriter(output).Envelope(message.Envelope).Structure(message.Body, isExtensible: true);
        var written = Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.StartsWith("(", written, StringComparison.Ordinal);
        Assert.True(message.TryLocate(BodySection.Whole, out var whole));
        Assert.Equal((0, mail.Length), whole);
    }

    private static void Check(BodyPart part, long length)
    {
        Assert.InRange(part.HeaderAt, 0, part.BodyAt);
        Assert.InRange(part.BodyAt, part.HeaderAt, part.EndAt);
        Assert.InRange(part.EndAt, part.BodyAt, length);
        Assert.All(part.Parts, child => Check(child, length));
        if (part.Message is { } inner)
        {
            Check(inner.Body, length);
        }
    }
}
