using MimeKit;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Permissions;

namespace Plenum.Mail.Queue;

/// <summary>Writes the organisation's own short mails.</summary>
public sealed class SystemSender(MailNames names, Access access, TimeProvider clock)
{

    /// <returns>The message, CRLF lines, seven-bit.</returns>
    /// <exception cref="ArgumentException">An address is none, or a line break stands where none may.</exception>
    public async ValueTask<byte[]> WriteAsync(SystemMail mail, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mail);
        var from = await names.SystemSenderAsync(cancellation);
        var name = (await access.TreeAsync(cancellation)).Root?.Name;
        using var message = new MimeMessage
        {
            Subject = OneLine(mail.Subject),
            Date = clock.GetUtcNow(),
            MessageId = OneLine(mail.MessageId ?? $"{Guid.CreateVersion7():N}@{from.Domain}"),
            Body = Body(mail),
        };
        message.From.Add(new MailboxAddress(name, from.ToString()));
        message.To.Add(new MailboxAddress(mail.ToName is null ? null : OneLine(mail.ToName), Parse(mail.To).ToString()));
        if (mail.ReplyTo is { } replyTo)
        {
            message.ReplyTo.Add(new MailboxAddress(null, Parse(replyTo).ToString()));
        }

        if (mail.InReplyTo is { } parent)
        {
            message.InReplyTo = OneLine(parent);
            message.References.Add(parent);
        }

        if (mail.AutoSubmitted)
        {
            message.Headers.Add("Auto-Submitted", "auto-generated"); // RFC 3834 §5
        }

        return await BytesAsync(message, cancellation);
    }

    /// <exception cref="ArgumentException">It is no address.</exception>
    internal static MailAddress Parse(string text)
        => MailAddress.TryParse(text, out var address) ? address : throw new ArgumentException($"\"{text}\" is no mail address.", nameof(text));

    internal static string OneLine(string text)
        => text.AsSpan().IndexOfAny("\r\n\0") < 0 ? text : throw new ArgumentException("A header line holds a line break.", nameof(text));

    private static MimeEntity Body(SystemMail mail)
    {
        var plain = new TextPart("plain") { Text = mail.Text };
        return mail.Html is { } html ? new MultipartAlternative { plain, new TextPart("html") { Text = html } } : plain;
    }

    private static async Task<byte[]> BytesAsync(MimeMessage message, CancellationToken cancellation)
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        message.Prepare(EncodingConstraint.SevenBit);
        using var octets = new MemoryStream();
        await message.WriteToAsync(format, octets, cancellation);
        return octets.ToArray();
    }
}
