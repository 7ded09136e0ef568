using System.Buffers;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Fuzz.Smtp;

/// <summary>The server's conversation, the transparency of DATA, and what servers answer.</summary>
internal static class SmtpTargets
{
    public static IReadOnlyList<FuzzTarget> All { get; } =
    [
        new(
            "smtp-server", Converse,
            "\u0010EHLO c\r\nMAIL FROM:<a@b.example> SIZE=10 BODY=8BITMIME RET=HDRS ENVID=x\r\nRCPT TO:<c@d.example> NOTIFY=DELAY ORCPT=rfc822;c@d\r\nDATA\r\nSubject: x\r\n\r\n..\r\n.\r\nQUIT\r\n",
            "\u0021EHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<Postmaster>\r\nBDAT 3\r\n\r\n.BDAT 2 LAST\r\n\r\nRSET\r\nVRFY x\r\nHELP\r\n",
            "\u0005EHLO c\r\nAUTH PLAIN AGEAYg==\r\nAUTH LOGIN\r\n*\r\nMAIL FROM:<\"a b\"@[192.0.2.1]> SMTPUTF8 AUTH=<>\r\nRCPT TO:<@x,@y:ü@ü.example>\r\n",
            "\u0008HELO c\r\nNOOP\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\n\n.\n\r.\r\r\n.\r\r\n.\r\n"),
        new("smtp-data", Transparency, "a\r\n.b\r\n..\r\n", ".\r\n.\n\r.\r", "\r\n.\r\n"),
        new("smtp-reply", Reply, "220 mx ESMTP\r\n250-mx\r\n250-SIZE 100\r\n250-LIMITS RCPTMAX=5\r\n250 AUTH PLAIN\r\n", "550-5.1.1 no\r\n550 5.1.1 such\r\n", "354\n"),
    ];

    // The first octet says where the network cuts.
    private static void Converse(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var said = input.AsMemory(1);
        var cut = Math.Min(input[0], said.Length);
        var whole = YesHouse.Serve(said);
        var parts = YesHouse.Serve(said[..cut], said[cut..]);
        FuzzTarget.Require(whole.Taken == parts.Taken && whole.Replies.AsSpan().SequenceEqual(parts.Replies), "A cut changed the conversation.");
    }

    private static void Transparency(byte[] input)
    {
        // Whatever is sent has one end, which is its end, and arrives with its lines.
        var sent = new ArrayBufferWriter<byte>();
        var encoder = new SmtpDataEncoder();
        encoder.Encode(input.AsSpan(0, input.Length / 2), sent);
        encoder.Encode(input.AsSpan(input.Length / 2), sent);
        encoder.Finish(sent);
        var arrived = new byte[sent.WrittenCount + 2];
        var decoder = new SmtpDataDecoder();
        var used = decoder.Decode(sent.WrittenSpan, arrived, out var length);
        FuzzTarget.Require(decoder.IsComplete && !decoder.HasBareLineEnd && used == sent.WrittenCount, "What was sent does not end where it ends.");
        var again = new ArrayBufferWriter<byte>();
        var second = new SmtpDataEncoder();
        second.Encode(arrived.AsSpan(0, length), again);
        second.Finish(again);
        FuzzTarget.Require(again.WrittenSpan.SequenceEqual(sent.WrittenSpan), "What arrived is not what was sent.");

        // And any octets at all are decoded the same, one by one or together.
        var together = new byte[input.Length + 2];
        var whole = new SmtpDataDecoder();
        var taken = whole.Decode(input, together, out var wholeLength);
        var single = new SmtpDataDecoder();
        var singles = new List<byte>();
        var at = 0;
        Span<byte> two = stackalloc byte[2];
        while (at < input.Length && !single.IsComplete)
        {
            at += single.Decode(input.AsSpan(at, 1), two, out var written);
            singles.AddRange(two[..written]);
        }

        FuzzTarget.Require(
            at == taken && single.IsComplete == whole.IsComplete && single.HasBareLineEnd == whole.HasBareLineEnd && together.AsSpan(0, wholeLength).SequenceEqual([.. singles]),
            "Octets one by one are decoded otherwise than together.");
    }

    private static void Reply(byte[] input)
    {
        var buffer = new ReadOnlySequence<byte>(input);
        var reader = new SmtpReplyReader();
        while (reader.TryRead(ref buffer, out var reply, out _))
        {
            FuzzTarget.Require(reply.Code is >= 200 and < 600, "A reply has a code of no class.");
            _ = SmtpExtensions.Parse(reply);
            var written = new ArrayBufferWriter<byte>();
            reply.WriteTo(written);
        }
    }
}
