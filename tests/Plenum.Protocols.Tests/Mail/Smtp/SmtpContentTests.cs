using System.Buffers;
using System.Text;
using CsCheck;
using MimeKit;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Protocols.Tests.Mail.Smtp;

public sealed class SmtpContentTests
{
    [Theory]
    [InlineData("a\r\n", "a\r\n.\r\n")]
    [InlineData("a", "a\r\n.\r\n")]
    [InlineData("", ".\r\n")]
    [InlineData(".a\r\n..\r\n", "..a\r\n...\r\n.\r\n")]
    [InlineData("a\nb\rc\r\n", "a\r\nb\r\nc\r\n.\r\n")]
    [InlineData("a\n.\n\n.\r\n", "a\r\n..\r\n\r\n..\r\n.\r\n")]
    [InlineData("a\r\r\n", "a\r\n\r\n.\r\n")]
    public void What_is_sent_has_one_end_only(string content, string sent)
    {
        var octets = Encoding.Latin1.GetBytes(content);
        for (var cut = 0; cut <= octets.Length; cut++)
        {
            Assert.Equal(sent, Encode(octets[..cut], octets[cut..]));
        }
    }

    [Fact]
    public void Whatever_is_sent_arrives()
    {
        OneOf("a", ".", "\r\n", "..", "\0", "long text ").List[0, 60].Sample(parts =>
        {
            var content = string.Concat(parts);
            content = content.Length == 0 || content.EndsWith("\r\n", StringComparison.Ordinal) ? content : content + "\r\n";
            var sent = Encoding.Latin1.GetBytes(Encode(Encoding.Latin1.GetBytes(content)));
            var arrived = new byte[sent.Length + 2];
            var decoder = new SmtpDataDecoder();
            Assert.Equal(sent.Length, decoder.Decode(sent, arrived, out var length));
            Assert.True(decoder.IsComplete && !decoder.HasBareLineEnd);
            Assert.Equal(content, Encoding.Latin1.GetString(arrived, 0, length));
        });
    }

    [Theory]
    [InlineData("Subject: x\r\n\r\nplain\r\n", false, false, false, 14)]
    [InlineData("Subject: ä\r\n\r\nplain\r\n", false, true, false, 15)]
    [InlineData("Subject: x\r\n\r\nfür\r\n", true, false, false, 14)]
    [InlineData("Subject: x\r\n\r\n{long}\r\n", false, false, true, 14)]
    [InlineData("Subject: x\r\n", false, false, false, 12)]
    public async Task Facts_are_found(string content, bool eightBit, bool utf8, bool isLong, int header)
    {
        var octets = Encoding.UTF8.GetBytes(content.Replace("{long}", new string('x', 999), StringComparison.Ordinal));
        using var stream = new MemoryStream(octets);
        var facts = await ContentFacts.ReadAsync(stream, TestContext.Current.CancellationToken);
        Assert.Equal((eightBit, utf8, isLong, header, octets.Length), (facts.HasEightBitBody, facts.HasUtf8Header, facts.HasLongLine, (int)facts.HeaderLength, (int)facts.Length));
        Assert.Equal(Plenum.Protocols.Mail.Dkim.DkimBodyHash.Compute(octets.AsSpan(header)).Sha256.ToArray(), facts.BodyHash.Sha256.ToArray());
    }

    [Fact]
    public async Task A_message_is_said_in_seven_bits_and_short_lines()
    {
        var long1 = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"<{i}.reference.of.some.length@example.org>"));
        var text = $"From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>\r\nSubject: Grüße\r\nReferences: {long1}\r\nMessage-ID: <1@example.org>\r\n"
            + $"MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSchöne Grüße {new string('x', 2000)}\r\n";
        var octets = await DowngradeAsync(text);
        using var copy = new MemoryStream(octets!);
        var facts = await ContentFacts.ReadAsync(copy, TestContext.Current.CancellationToken);
        Assert.False(facts.HasEightBitBody || facts.HasUtf8Header || facts.HasLongLine);
        copy.Position = 0;
        using var message = await MimeMessage.LoadAsync(copy, TestContext.Current.CancellationToken);
        Assert.Equal(("Grüße", 60, "1@example.org"), (message.Subject, message.References.Count, message.MessageId));
        Assert.StartsWith("Schöne Grüße xxx", message.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_beyond_ASCII_cannot_be_said_in_ASCII()
        => Assert.Null(await DowngradeAsync("From: <jürgen@example.org>\r\nSubject: x\r\n\r\nx\r\n"));

    private static async Task<byte[]?> DowngradeAsync(string text)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        using var output = new MemoryStream();
        return await ContentDowngrade.TryWriteAsync(content, output, TestContext.Current.CancellationToken) ? output.ToArray() : null;
    }

    private static string Encode(params byte[][] pieces)
    {
        var output = new ArrayBufferWriter<byte>();
        var encoder = new SmtpDataEncoder();
        foreach (var piece in pieces)
        {
            encoder.Encode(piece, output);
        }

        encoder.Finish(output);
        return Encoding.Latin1.GetString(output.WrittenSpan);
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
