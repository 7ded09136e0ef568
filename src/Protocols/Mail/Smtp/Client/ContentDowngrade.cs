using MimeKit;

namespace Plenum.Protocols.Mail.Smtp;

/// <summary>Rewrites a message for a host that takes less: seven bits, ASCII header, lines of 998 octets. The content stays the same to a reader.</summary>
public static class ContentDowngrade
{
    /// <summary>Rewrites a message.</summary>
    /// <param name="content">Seekable; read while the result is written, so a large message needs little memory.</param>
    /// <returns>False if it cannot be said without UTF-8: an address in the header has a local part beyond ASCII (RFC 6531 §3.2, status 5.6.7).</returns>
    /// <remarks>Signatures over the old form break; sign afterwards. Signed and encrypted parts are re-encoded only if they hold eight-bit octets.</remarks>
    public static async ValueTask<bool> TryWriteAsync(Stream content, Stream output, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(output);
        using var message = await MimeMessage.LoadAsync(content, persistent: true, cancellation);
        if (HasUtf8Address(message))
        {
            return false;
        }

        foreach (var header in message.Headers.Where(h => NeedsFolding(h.RawValue)).ToList())
        {
            header.SetValue(System.Text.Encoding.UTF8, header.Value); // Folds and encodes words anew (RFC 2047).
        }

        message.Prepare(EncodingConstraint.SevenBit, maxLineLength: 78);
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        format.International = false;
        await message.WriteToAsync(format, output, cancellation);
        return true;
    }

    private static bool HasUtf8Address(MimeMessage message)
    {
        InternetAddressList[] lists = [message.From, message.To, message.Cc, message.ReplyTo, message.ResentFrom, message.ResentTo, message.ResentCc];
        return lists.SelectMany(list => list.Mailboxes).Append(message.Sender).OfType<MailboxAddress>()
            .Any(mailbox => mailbox.Address.Split('@')[0].Any(c => c > '\x7F'));
    }

    private static bool NeedsFolding(byte[] raw)
    {
        var longest = 0;
        foreach (var line in raw.AsSpan().Split((byte)'\n'))
        {
            longest = Math.Max(longest, line.End.Value - line.Start.Value);
        }

        return longest > ContentFacts.MaxLineLength - 80 || !System.Text.Ascii.IsValid(raw); // 80 for the name before it.
    }
}
