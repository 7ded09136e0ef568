using System.Buffers;
using System.Globalization;
using System.Text;
using Plenum.Protocols.Mail.Imap.Mime;
using Plenum.Protocols.Mail.Imap.Responses;
using Plenum.Testing;

namespace Plenum.Interop.Tests.Mail.Dovecot;

/// <summary>Envelope and structure of real mails, as Dovecot sees them and as we do.</summary>
public sealed class ImapStructureTests(ITestOutputHelper output)
{
    // Both read broken mails as they think best; on whole ones they agree. The rest is printed.
    [Theory]
    [InlineData("mbox-linux-integrity", "mbox", 0.99)]
    [InlineData("eml-mikel-mail/emails", "", 0.85)]
    [InlineData("bounces-sisimai/maildir-bsd", "", 0.95)]
    public async Task Dovecot_sees_the_same_mails(string folder, string kind, double floor)
    {
        if (!SharedData.TryFind(folder, out var path))
        {
            output.WriteLine($"{folder} is absent");
            return;
        }

        var files = Directory.GetFiles(path, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith("SOURCE.txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        var mails = (kind == "mbox" ? files.SelectMany(Split) : files.Select(File.ReadAllBytes)).Select(WithCrLf).ToList();
        using var dovecot = new Dovecot();
        dovecot.Fill(mails);
        var answers = await dovecot.ImapAsync("a SELECT INBOX\r\nb FETCH 1:* (ENVELOPE BODYSTRUCTURE)\r\n", TestContext.Current.CancellationToken);
        var theirs = ImapTree.Read(answers).Where(r => r is [.., "FETCH", IReadOnlyList<object>]).ToDictionary(r => int.Parse((string)r[1], CultureInfo.InvariantCulture), r => ImapTree.Text(r[^1]));
        Assert.Equal(mails.Count, theirs.Count);
        var different = mails.Index().Where(m => ImapTree.Text(Ours(m.Item)) != theirs[m.Index + 1]).ToList();
        foreach (var (index, mail) in different)
        {
            output.WriteLine($"{index + 1}\n  we:   {ImapTree.Text(Ours(mail))}\n  they: {theirs[index + 1]}");
        }

        output.WriteLine(FormattableString.Invariant($"{mails.Count - different.Count} of {mails.Count} are the same"));
        Assert.True(mails.Count - different.Count >= floor * mails.Count, $"{different.Count} of {mails.Count} differ");
    }

    private static object Ours(byte[] mail)
    {
        var message = MessageStructure.Read(new MemoryStream(mail));
        var written = new ArrayBufferWriter<byte>();
        new ImapResponseWriter(written).Open().Atom("ENVELOPE").Envelope(message.Envelope).Atom("BODYSTRUCTURE").Structure(message.Body, isExtensible: true).Close().EndLine();
        return ImapTree.Read(written.WrittenSpan.ToArray())[0][0];
    }

    private static byte[] WithCrLf(byte[] mail)
        => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(mail).Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\r", "\n", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal));

    private static IEnumerable<byte[]> Split(string mbox)
        => Encoding.Latin1.GetString(File.ReadAllBytes(mbox)).Split("\nFrom ").Select(m => Encoding.Latin1.GetBytes(m[(m.IndexOf('\n', StringComparison.Ordinal) + 1)..]));
}
