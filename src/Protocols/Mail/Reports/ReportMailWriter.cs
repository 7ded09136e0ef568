using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using MimeKit;
using MimeKit.Encodings;
using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Protocols.Mail.Reports;

/// <summary>Writes multipart/report mails (RFC 6522), CRLF lines. Header and text are 7bit; what is given back stays as it is, 8bit if need be.</summary>
public static class ReportMailWriter
{
    /// <summary>Line ends are CRLF.</summary>
    internal static readonly FormatOptions CrLf = CreateCrLf();

    /// <summary>The whole mail.</summary>
    /// <exception cref="ArgumentException">From or To is no mailbox.</exception>
    public static byte[] Write(ReportHeader header, ReportMail report)
    {
        ArgumentNullException.ThrowIfNull(header);
        ArgumentNullException.ThrowIfNull(report);
        var returned = Returned(report);
        var boundary = NewBoundary(report.Text, report.Status.Span, returned.Span);
        var output = new ArrayBufferWriter<byte>(2048 + report.Status.Length + returned.Length);
        WriteHeader(output, header, report.ReportType, boundary);
        WriteText(output, boundary, header.Language, report.Text);
        WritePart(output, boundary, Global(report.StatusType, report.Status.Span), report.Status.Span);
        if (report.Returned is not ReturnedContent.Nothing)
        {
            // RFC 6533 §5: UTF-8 in a header needs the "global" forms.
            var isGlobal = !Ascii.IsValid(HeaderOf(returned).Span);
            var type = (report.Returned, isGlobal) switch
            {
                (ReturnedContent.Headers, false) => "text/rfc822-headers",
                (ReturnedContent.Headers, true) => "message/global-headers",
                (_, false) => "message/rfc822",
                _ => "message/global",
            };
            WritePart(output, boundary, type, returned.Span);
        }

        Append(output, $"--{boundary}--\r\n");
        return output.WrittenSpan.ToArray();
    }

    private static void WriteHeader(ArrayBufferWriter<byte> output, ReportHeader header, string reportType, string boundary)
    {
        WriteField(output, "From", Mailbox(header.FromName, header.From));
        WriteField(output, "To", Mailbox("", header.To));
        Append(output, "Subject:");
        Append(output, Encoding.ASCII.GetString(new Header(Encoding.UTF8, HeaderId.Subject, OneLine(header.Subject)).RawValue).ReplaceLineEndings("\r\n"));
        WriteField(output, "Date", MimeKit.Utils.DateUtils.FormatDate(header.Date));
        WriteField(output, "Message-ID", $"<{OneLine(header.MessageId)}>");
        if (header.InReplyTo is { Length: > 0 } about)
        {
            WriteField(output, "In-Reply-To", $"<{OneLine(about)}>");
            WriteField(output, "References", $"<{OneLine(about)}>");
        }

        if (header.AutoSubmitted is { Length: > 0 } automatic)
        {
            WriteField(output, "Auto-Submitted", OneLine(automatic));
        }

        Append(output, $"MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type={reportType};\r\n boundary=\"{boundary}\"\r\n\r\n");
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string boundary, string? language, string text)
    {
        var octets = Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n"));
        var isPlain = Ascii.IsValid(octets) && text.AsSpan().IndexOfAnyInRange('\0', '\b') < 0 && text.Split('\n').All(line => line.Length < 998);
        Append(output, $"--{boundary}\r\nContent-Type: text/plain; charset=utf-8\r\n");
        if (language is { Length: > 0 })
        {
            WriteField(output, "Content-Language", OneLine(language));
        }

        Append(output, $"Content-Transfer-Encoding: {(isPlain ? "7bit" : "quoted-printable")}\r\n\r\n");
        if (isPlain)
        {
            output.Write(octets);
        }
        else
        {
            var encoder = new QuotedPrintableEncoder();
            var encoded = new byte[encoder.EstimateOutputLength(octets.Length)];
            var length = encoder.Flush(octets, 0, octets.Length, encoded);
            Append(output, Encoding.ASCII.GetString(encoded, 0, length).ReplaceLineEndings("\r\n"));
        }

        Append(output, "\r\n");
    }

    private static void WritePart(ArrayBufferWriter<byte> output, string boundary, string type, ReadOnlySpan<byte> content)
    {
        Append(output, $"--{boundary}\r\nContent-Type: {type}\r\n");
        if (!Ascii.IsValid(content))
        {
            Append(output, "Content-Transfer-Encoding: 8bit\r\n");
        }

        Append(output, "\r\n");
        output.Write(content);
        Append(output, "\r\n");
    }

    private static void WriteField(ArrayBufferWriter<byte> output, string name, string value) => Append(output, $"{name}: {value}\r\n");

    private static void Append(ArrayBufferWriter<byte> output, string text) => Encoding.UTF8.GetBytes(text, output);

    private static string Mailbox(string name, string address)
        => MailboxAddress.TryParse(address, out var mailbox) && mailbox.Address.Contains('@', StringComparison.Ordinal)
            ? new MailboxAddress(Encoding.UTF8, OneLine(name), mailbox.Address).ToString(CrLf, encode: true)
            : throw new ArgumentException("This is no mailbox.", nameof(address));

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static string Global(string type, ReadOnlySpan<byte> status)
        => type == "message/delivery-status" && !Ascii.IsValid(status) ? "message/global-delivery-status" : type;

    private static ReadOnlyMemory<byte> Returned(ReportMail report) => report.Returned switch
    {
        ReturnedContent.Headers => HeaderOf(report.Original),
        ReturnedContent.Message => report.Original,
        _ => default,
    };

    private static ReadOnlyMemory<byte> HeaderOf(ReadOnlyMemory<byte> message) => message[..HeaderBlock.Parse(message).BodyOffset];

    /// <summary>Random, and nowhere in the content: a message given back may be hostile or itself a report of ours.</summary>
    private static string NewBoundary(string text, ReadOnlySpan<byte> status, ReadOnlySpan<byte> returned)
    {
        while (true)
        {
            var boundary = "report-" + RandomNumberGenerator.GetHexString(32, lowercase: true);
            var octets = Encoding.ASCII.GetBytes(boundary);
            if (!text.Contains(boundary, StringComparison.Ordinal) && status.IndexOf(octets) < 0 && returned.IndexOf(octets) < 0)
            {
                return boundary;
            }
        }
    }

    private static FormatOptions CreateCrLf()
    {
        var format = FormatOptions.Default.Clone();
        format.NewLineFormat = NewLineFormat.Dos;
        return format;
    }
}
