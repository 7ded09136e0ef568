using System.Text;

namespace Plenum.Protocols.Tests.Mail.Dkim;

/// <summary>Reads the test mailboxes (mboxrd, LF) back into messages as they were on the wire (CRLF).</summary>
internal static class MboxFile
{
    public static IEnumerable<byte[]> ReadMessages(string path)
    {
        var message = new MemoryStream();
        foreach (var line in File.ReadAllText(path, Encoding.Latin1).Split('\n').SkipLast(1))
        {
            if (line.StartsWith("From ", StringComparison.Ordinal))
            {
                if (message.Length > 0)
                {
                    yield return WithoutSeparatorLine(message);
                }

                message = new MemoryStream();
                continue;
            }

            var unquoted = line.TrimStart('>').StartsWith("From ", StringComparison.Ordinal) && line[0] == '>' ? line[1..] : line;
            message.Write(Encoding.Latin1.GetBytes(unquoted + "\r\n"));
        }

        yield return WithoutSeparatorLine(message);
    }

    /// <summary>The empty line before the next "From " belongs to the mailbox.</summary>
    private static byte[] WithoutSeparatorLine(MemoryStream message)
    {
        var octets = message.ToArray();
        return octets.AsSpan().EndsWith("\r\n\r\n"u8) ? octets[..^2] : octets;
    }
}
