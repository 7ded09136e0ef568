using System.Text;
using CsCheck;

namespace Plenum.Protocols.Tests.Mail.Smtp;

/// <summary>What a server answers does not depend on how the network cut what the client said.</summary>
public sealed class SmtpSplitTests
{
    private static readonly Gen<string> Lines = OneOf(
        "EHLO c\r\n", "HELO c\r\n", "MAIL FROM:<a@b.example>\r\n", "MAIL FROM:<a@b.example> SMTPUTF8\r\n", "RCPT TO:<emil@example.org>\r\n",
        "RCPT TO:<nobody@example.org>\r\n", "RCPT TO:<jürgen@example.org>\r\n", "DATA\r\n", "Subject: x\r\n", "..\r\n", ".\r\n", ".\n", "\r\r\n", "\n", "RSET\r\n", "NOOP\r\n",
        "BDAT 5\r\nhe\r\n.", "BDAT 3 LAST\r\na\r\n", "BDAT 0 LAST\r\n", "BDAT 1000\r\n", "AUTH PLAIN AHgAeA==\r\n", "VRFY x\r\n", "nonsense\r\n", "\0\r\n",
        new string('y', 1500) + "\r\n", new string('z', 2100) + "\r\n");

    [Fact]
    public void Cutting_anywhere_changes_nothing()
    {
        Gen.Select(Lines.List[1, 25], Gen.Int[0, int.MaxValue]).Sample(
            (lines, seed) =>
            {
                var octets = Encoding.UTF8.GetBytes("EHLO c\r\nMAIL FROM:<a@b.example>\r\n" + string.Concat(lines));
                var (whole, taken) = Run([octets]);
                var (cut, takenCut) = Run(Cut(octets, new Random(seed)));
                return whole.SequenceEqual(cut) && taken.SequenceEqual(takenCut);
            },
            iter: 400);
    }

    private static (IReadOnlyList<string> Replies, IReadOnlyList<string> Taken) Run(IEnumerable<byte[]> pieces)
    {
        var conversation = new Conversation();
        return (conversation.RunAsync(pieces).GetAwaiter().GetResult(), conversation.House.Taken);
    }

    private static IEnumerable<byte[]> Cut(byte[] octets, Random random)
    {
        for (var at = 0; at < octets.Length;)
        {
            var length = Math.Min(random.Next(1, 40), octets.Length - at);
            yield return octets[at..(at + length)];
            at += length;
        }
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
