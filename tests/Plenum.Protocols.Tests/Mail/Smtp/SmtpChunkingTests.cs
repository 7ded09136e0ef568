namespace Plenum.Protocols.Tests.Mail.Smtp;

/// <summary>BDAT (RFC 3030).</summary>
public sealed class SmtpChunkingTests
{
    private const string Start = "EHLO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<emil@example.org>\r\n";

    [Theory]
    [InlineData("one chunk", Start + "BDAT 8 LAST\r\n.hello\r\nNOOP\r\n", "220 250 250 250 250 250", ".hello\r\n")]
    [InlineData("three chunks, the last empty", Start + "BDAT 5\r\n.\r\nheBDAT 5\r\nllo\r\nBDAT 0 LAST\r\n", "220 250 250 250 250 250 250", ".\r\nhello\r\n")]
    [InlineData("what looks like an end is content", Start + "BDAT 9 LAST\r\na\r\n.\r\nb\r\n", "220 250 250 250 250", "a\r\n.\r\nb\r\n")]
    [InlineData("no line end at the end", Start + "BDAT 2 LAST\r\nhi", "220 250 250 250 250", "hi")]
    public async Task Chunks_are_taken_octet_for_octet(string name, string said, string codes, string content)
    {
        Assert.NotEmpty(name);
        var conversation = new Conversation();
        Assert.Equal(codes, await CodesAsync(conversation, said));
        Assert.Equal(["a@b.example>emil@example.org: " + content], conversation.House.Taken);
    }

    [Theory]
    [InlineData("before MAIL: swallowed", "EHLO c\r\nBDAT 6\r\nQUIT\r\nNOOP\r\n", "220 250 503 250")]
    [InlineData("without recipients: swallowed", "EHLO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<nobody@example.org>\r\nBDAT 6 LAST\r\nQUIT\r\nNOOP\r\n", "220 250 250 550 554 250")]
    [InlineData("DATA after BDAT", Start + "BDAT 2\r\nhiDATA\r\nRSET\r\n", "220 250 250 250 250 503 250")]
    [InlineData("RCPT after BDAT", Start + "BDAT 2\r\nhiRCPT TO:<gero@example.org>\r\n", "220 250 250 250 250 503")]
    [InlineData("too large, later chunks swallowed", Start + "BDAT 1001\r\n{1001}BDAT 6\r\nQUIT\r\nBDAT 0 LAST\r\nNOOP\r\n", "220 250 250 250 552 552 552 250")]
    [InlineData("bare LF", Start + "BDAT 4\r\na\nb\nBDAT 0 LAST\r\nNOOP\r\n", "220 250 250 250 554 554 250")]
    [InlineData("bare CR across chunks", Start + "BDAT 2\r\na\rBDAT 2 LAST\r\nb\nNOOP\r\n", "220 250 250 250 250 554 250")]
    [InlineData("CR at the very end", Start + "BDAT 2 LAST\r\na\rNOOP\r\n", "220 250 250 250 554 250")]
    [InlineData("no size", Start + "BDAT LAST\r\nNOOP\r\n", "220 250 250 250 501")]
    [InlineData("negative size", Start + "BDAT -1 LAST\r\nNOOP\r\n", "220 250 250 250 501")]
    [InlineData("RSET between chunks", Start + "BDAT 2\r\nhiRSET\r\nBDAT 2 LAST\r\nhiNOOP\r\n", "220 250 250 250 250 250 503 250")]
    public async Task What_is_wrong_is_refused_and_the_conversation_stays_in_step(string name, string said, string codes)
    {
        Assert.NotEmpty(name);
        var conversation = new Conversation();
        Assert.Equal(codes, await CodesAsync(conversation, said.Replace("{1001}", new string('x', 1001), StringComparison.Ordinal)));
        Assert.Empty(conversation.House.Taken);
    }

    private static async Task<string> CodesAsync(Conversation conversation, string said)
        => string.Join(' ', (await conversation.RunAsync([System.Text.Encoding.UTF8.GetBytes(said)])).Select(r => r[..3]));
}
