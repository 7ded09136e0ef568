using MimeKit;
using MimeKit.Utils;
using Plenum.Contracts.Mail;
using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Mail.Receiving;

/// <summary>Reads from a header what receivers decide by. Whatever is broken is left out: the blob has the truth.</summary>
internal static class IncomingHeaderReader
{
    private const int MaxReferences = 200; // A thread of a thousand mails names them all; the last ones place it.
    private static readonly string[] LoopFields = ["List-Id", "Delivered-To", "List-Post", "X-Loop"];

    public static IncomingHeader Read(HeaderBlock header, bool isNullPath)
    {
        var from = Mailboxes(header, "From");
        return new()
        {
            MessageId = Ids(header, "Message-ID").FirstOrDefault() ?? "",
            InReplyTo = Ids(header, "In-Reply-To"),
            References = [.. Ids(header, "References").TakeLast(MaxReferences)],
            Subject = Text(header, "Subject"),
            From = [.. from.Select(m => m.Address)],
            FromName = from is [var first, ..] ? first.Name ?? "" : "",
            Date = DateUtils.TryParse(First(header, "Date") ?? [], out var date) ? date.UtcDateTime : null,
            LoopMarks = [.. LoopFields.SelectMany(header.FieldsNamed).Select(f => f.Value.ToLowerInvariant())],
            IsAutomatic = isNullPath || IsAutomatic(header),
            Hops = header.PositionsOf("Received").Count,
        };
    }

    /// <summary>Mailboxes of an address field, empty if it cannot be read.</summary>
    public static IReadOnlyList<MailboxAddress> Mailboxes(HeaderBlock header, string field)
        => [.. header.FieldsNamed(field).SelectMany(f => InternetAddressList.TryParse(f.RawValue.ToArray(), out var list) ? list.Mailboxes : [])];

    private static byte[]? First(HeaderBlock header, string name)
        => header.PositionsOf(name) is [var position, ..] ? header.Fields[position].RawValue.ToArray() : null;

    private static string Text(HeaderBlock header, string name)
        => First(header, name) is { } raw ? Rfc2047.DecodeText(raw).Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal).Trim() : "";

    private static List<string> Ids(HeaderBlock header, string name)
        => [.. header.FieldsNamed(name).SelectMany(f => MimeUtils.EnumerateReferences(f.RawValue.ToArray(), 0, f.RawValue.Length)).Distinct(StringComparer.Ordinal)];

    // RFC 3834 §5; Precedence is what robots said before.
    private static bool IsAutomatic(HeaderBlock header)
        => header.FieldsNamed("Auto-Submitted").Any(f => !f.Value.StartsWith("no", StringComparison.OrdinalIgnoreCase))
            || header.FieldsNamed("Precedence").Any(f => f.Value.ToLowerInvariant() is "bulk" or "junk" or "list");
}
