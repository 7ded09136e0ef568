using System.Text;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Protocols.Tests.Mail.Smtp;

/// <summary>Ends of data that some servers take for one: none may let a second message through (RFC 5321 §2.3.8, §4.1.1.4).</summary>
public sealed class SmtpSmugglingTests
{
    private const string Smuggled = "MAIL FROM:<boss@example.org>\r\nRCPT TO:<emil@example.org>\r\nDATA\r\nsmuggled";

    public static TheoryData<string> FalseEnds { get; } =
    [
        "\n.\n", "\n.\r\n", "\r\n.\n", "\r.\r", "\r.\r\n", "\r\n.\r", "\r.\n", "\n.\r", "\r\n.\r\r\n", "\r\r\n.\r\n", "\n\n.\r\n", "\r\n\n.\n",
        "\n.\0\r\n", "\r\n.\0\r\n", "\r\n. \r\n", "\r\n..\r\n", "\r\n.\t\r\n", "\r\n.\u0085\r\n", "\v.\v", "\r\0\n.\r\0\n", "\r\n\0.\r\n",
    ];

    [Theory, MemberData(nameof(FalseEnds))]
    public async Task A_false_end_ends_nothing(string falseEnd)
    {
        var conversation = new Conversation();
        var said = $"EHLO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<emil@example.org>\r\nDATA\r\nfirst{falseEnd}{Smuggled}\r\n.\r\nNOOP\r\n";
        var replies = (await conversation.RunAsync([Encoding.UTF8.GetBytes(said)])).Select(r => r[..3]).ToList();

        // "\r\r\n.\r\n" does end, after a bare CR: the first message is refused, and what follows is a client's own next message.
        var endsAfterFault = falseEnd == "\r\r\n.\r\n";
        Assert.Equal(endsAfterFault ? ["220", "250", "250", "250", "354", "554", "250", "250", "354", "250", "250"] : ["220", "250", "250", "250", "354", Verdict(falseEnd), "250"], replies);
        Assert.Equal(endsAfterFault || Verdict(falseEnd) == "250" ? 1 : 0, conversation.House.Taken.Count);
    }

    // Where every CR and LF stands in a CRLF, the octets between are content of one message.
    private static string Verdict(string falseEnd)
        => falseEnd.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().ContainsAny('\r', '\n') ? "554" : "250";

    [Theory]
    [InlineData(".\r\n", "")]
    [InlineData("\r\n.\r\n", "\r\n")]
    [InlineData("..\r\n.\r\n", ".\r\n")]
    [InlineData(".a\r\n..b\r\n.\r\n", "a\r\n.b\r\n")]
    [InlineData("a.\r\n.\r\n", "a.\r\n")]
    [InlineData("a\0b\r\n.\r\n", "a\0b\r\n")]
    public void The_true_end_is_found_and_dots_undone(string said, string content)
    {
        var octets = Encoding.Latin1.GetBytes(said + "QUIT\r\n");
        for (var cut = 0; cut <= octets.Length; cut++)
        {
            var decoder = new SmtpDataDecoder();
            var output = new byte[100];
            var used = decoder.Decode(octets.AsSpan(0, cut), output, out var written);
            used += decoder.Decode(octets.AsSpan(used), output.AsSpan(written), out var more);
            Assert.Equal((content, true, false, said.Length), (Encoding.Latin1.GetString(output, 0, written + more), decoder.IsComplete, decoder.HasBareLineEnd, used));
        }
    }
}
