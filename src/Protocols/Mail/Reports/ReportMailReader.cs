using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace Plenum.Protocols.Mail.Reports;

/// <summary>Reads multipart/report mails (RFC 6522).</summary>
public static class ReportMailReader
{
    /// <summary>Parts within parts; more only serves to blow a stack.</summary>
    private const int MaxMimeDepth = 10;

    /// <summary>Reads a mail.</summary>
    /// <returns>False if it is no multipart/report with a text and a part for programs.</returns>
    public static bool TryRead(ReadOnlyMemory<byte> message, [NotNullWhen(true)] out ReportMail? report)
    {
        report = null;
        if (!TryLoad(message, out var mail) || mail.Body is not Multipart { Count: >= 2 } body || !body.ContentType.IsMimeType("multipart", "report"))
        {
            return false;
        }

        var type = body.ContentType.Parameters["report-type"]?.ToLowerInvariant();
        if (type is null || body[1] is not MimePart status)
        {
            return false;
        }

        var returned = body.Count > 2 ? ReadReturned(body[2], out var original) : ReadReturned(null, out original);
        report = new ReportMail
        {
            ReportType = type,
            Text = TextOf(body[0]),
            StatusType = status.ContentType.MimeType.ToLowerInvariant(),
            Status = ContentOf(status),
            Returned = returned,
            Original = original,
        };
        return true;
    }

    internal static bool TryLoad(ReadOnlyMemory<byte> message, [NotNullWhen(true)] out MimeMessage? mail)
    {
        mail = null;
        try
        {
            mail = MimeMessage.Load(new ParserOptions { MaxMimeDepth = MaxMimeDepth }, new MemoryStream(message.ToArray(), writable: false));
            return mail.Body is not null;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    internal static byte[] ContentOf(MimePart part)
    {
        var content = new MemoryStream();
        part.Content?.DecodeTo(content);
        return content.ToArray();
    }

    /// <summary>The first text/plain of the part for people, LF lines; empty if there is none.</summary>
    private static string TextOf(MimeEntity part)
    {
        var text = part as TextPart ?? (part as Multipart)?.OfType<TextPart>().FirstOrDefault(inner => inner.IsPlain);
        return (text?.Text ?? "").ReplaceLineEndings("\n");
    }

    private static ReturnedContent ReadReturned(MimeEntity? part, out ReadOnlyMemory<byte> original)
    {
        original = default;
        switch (part)
        {
            case MessagePart { Message: { } message }:
                var output = new MemoryStream();
                message.WriteTo(ReportMailWriter.CrLf, output);
                original = output.ToArray();
                return IsHeaders(part.ContentType) ? ReturnedContent.Headers : ReturnedContent.Message;
            case MimePart headers when IsHeaders(headers.ContentType):
                original = ContentOf(headers);
                return ReturnedContent.Headers;
            default:
                return ReturnedContent.Nothing;
        }
    }

    private static bool IsHeaders(ContentType type) => type.IsMimeType("text", "rfc822-headers") || type.IsMimeType("message", "global-headers");
}
