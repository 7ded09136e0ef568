using System.Text;
using MimeKit;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Web;
using Plenum.Ui.Markdown;

namespace Plenum.Discussions.Posting;

/// <summary>A file that goes with a message.</summary>
public sealed record MessageFile(string Name, string MediaType, Stream Content);

/// <summary>
/// A text from the web as a mail: plain text as it was written, and the same as HTML. It comes from the board's own address,
/// so that no receiver's DMARC check fails and no account's address becomes known; the name says who wrote it.
/// </summary>
public sealed class WebMessage(Board board, string author, PostHeader header, string text, string site)
{
    private static readonly FormatOptions Wire = CreateWire();

    /// <returns>The message with CRLF lines, 7 bit clean.</returns>
    public async Task<byte[]> WriteAsync(IReadOnlyList<MessageFile> files, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(files);
        var mailbox = board.Address ?? $"noreply@{header.MessageId.Split('@')[^1]}";
        var words = text.Replace("](/boards/", $"]({site}/boards/", StringComparison.Ordinal);
        var link = $"{site}{board.Path}/posts/{header.Hash}";
        var body = new BodyBuilder { TextBody = $"{words}\n\n-- \n{board.Title}\n{link}\n" };
        var html = MarkdownRenderer.Render(words).Markup.Value;
        body.HtmlBody = $"<!DOCTYPE html>\n<html lang=\"{board.Language}\">\n<body>\n{html}\n<p>-- <br><a href=\"{link}\">{HtmlText.Escape(board.Title)}</a></p>\n</body>\n</html>\n";
        foreach (var file in files)
        {
            await body.Attachments.AddAsync(file.Name, file.Content, ContentType.TryParse(file.MediaType, out var type) ? type : new("application", "octet-stream"), cancellation);
        }

        using var message = new MimeMessage { MessageId = header.MessageId, Date = new DateTimeOffset(header.At, TimeSpan.Zero), Subject = header.Subject, Body = body.ToMessageBody() };
        message.From.Add(new MailboxAddress(Encoding.UTF8, board.Address is null ? author : $"{author} via {board.Title}", mailbox));
        message.To.Add(new MailboxAddress(Encoding.UTF8, board.Title, mailbox));
        if (board is { Address: not null, IsAnnounceOnly: false })
        {
            message.ReplyTo.Add(new MailboxAddress(Encoding.UTF8, board.Title, mailbox));
        }

        message.References.AddRange(header.References);
        if (header.References is [.., var answered])
        {
            message.InReplyTo = answered;
        }

        message.Prepare(EncodingConstraint.SevenBit);
        using var wire = new MemoryStream();
        await message.WriteToAsync(Wire, wire, cancellation);
        return wire.ToArray();
    }

    private static FormatOptions CreateWire()
    {
        var wire = FormatOptions.Default.Clone();
        wire.NewLineFormat = NewLineFormat.Dos;
        return wire;
    }
}
