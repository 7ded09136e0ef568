using System.Text;
using MimeKit;
using MimeKit.Text;
using MimeKit.Utils;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Web;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Ui.Html;

namespace Plenum.Discussions.Posting;

/// <summary>Reads a message of any quality. What cannot be understood is kept as a file or left to the raw message; nothing is thrown at the sender.</summary>
public static class MessageReader
{
    /// <summary>Files of one post; the rest stays in the raw message.</summary>
    public const int MaxFiles = 50;

    private const int MaxDepth = 20; // Real mails nest five deep; a bomb nests thousands.
    private const int MaxParts = 500;
    private const int MaxReferences = 40;
    private const int MaxIdLength = 990; // One header line (RFC 5322 §2.1.1).
    private const int MaxNameLength = 120;
    private static readonly DateTime Earliest = new(1982, 8, 13, 0, 0, 0, DateTimeKind.Utc); // RFC 822; earlier dates are broken clocks.

    private static readonly ParserOptions Options = CreateOptions();

    /// <param name="raw">The whole message; lines end in CRLF or LF.</param>
    /// <param name="domain">Names the message if it has no Message-ID.</param>
    /// <param name="now">UTC; a Date later than tomorrow is not believed.</param>
    public static ReadMessage Read(byte[] raw, string domain, DateTime now)
    {
        ArgumentNullException.ThrowIfNull(raw);
        using var stream = new MemoryStream(raw, writable: false);
        var message = Parse(stream);
        var parts = new PartWalk();
        parts.Walk(message.Body);
        var contentHash = MessageHash.OfBody(raw.AsSpan(HeaderBlock.Parse(raw).BodyOffset));
        var date = DateOf(message, now);
        var from = MailboxOf(message);
        var id = StoredText.OneLine(message.MessageId, MaxIdLength);
        if (id.Length == 0)
        {
            id = $"{MessageHash.Base32(Encoding.ASCII.GetBytes(contentHash).AsSpan(0, 20)).ToLowerInvariant()}@{domain}";
        }

        return new()
        {
            Header = new(id, MessageHash.Of(id), contentHash, ReferencesOf(message, id), StoredText.OneLine(message.Subject, SubjectLine.MaxLength), date ?? now),
            Body = parts.Body(),
            FromAddress = StoredText.OneLine(from?.Address, 320),
            FromName = NameOf(from),
            Files = parts.Files,
            IsAutoReply = IsAutoReply(message),
            Date = date,
        };
    }

    private static ParserOptions CreateOptions()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        return new() { MaxMimeDepth = MaxDepth, AllowAddressesWithoutDomain = true };
    }

    private static MimeMessage Parse(Stream stream)
    {
        try
        {
            return new MimeParser(Options, stream, MimeFormat.Entity).ParseMessage();
        }
        catch (FormatException) // Not even a header.
        {
            return new MimeMessage { Body = new TextPart("plain") { Text = "" } };
        }
    }

    private static MailboxAddress? MailboxOf(MimeMessage message)
        => message.From.Mailboxes.FirstOrDefault() ?? message.Sender;

    private static string NameOf(MailboxAddress? from)
    {
        var name = StoredText.OneLine(from?.Name, MaxNameLength).Trim('"', '\'', ' ');
        if (name.Length > 0 && !name.Contains('@', StringComparison.Ordinal))
        {
            return name;
        }

        // An address is not shown to everyone: its local part must do.
        var address = name.Length > 0 ? name : from?.Address ?? "";
        return StoredText.OneLine(address.Split('@')[0], MaxNameLength);
    }

    private static List<string> ReferencesOf(MimeMessage message, string own)
    {
        var all = message.References.Concat(IdsOf(message.Headers[HeaderId.InReplyTo]).Take(1))
            .Select(id => StoredText.OneLine(id, MaxIdLength).Replace(" ", "", StringComparison.Ordinal))
            .Where(id => id.Length > 0 && id != own)
            .ToList();

        // The last mention counts: In-Reply-To names the parent even where References is in disorder.
        var ids = Enumerable.Reverse(all).Distinct(StringComparer.Ordinal).Reverse().ToList();
        while (ids.Count > MaxReferences || (ids.Count > 1 && ids.Sum(i => i.Length + 1) > Post.MaxReferencesLength))
        {
            ids.RemoveAt(Math.Min(1, ids.Count - 2)); // The root and the nearest say most (RFC 5537 §3.4.4).
        }

        return ids;
    }

    private static IEnumerable<string> IdsOf(string? value) => value is null ? [] : MimeUtils.EnumerateReferences(value);

    private static DateTime? DateOf(MimeMessage message, DateTime now)
        => message.Date.UtcDateTime is var date && date >= Earliest && date <= now.AddDays(1) ? date : null;

    private static bool IsAutoReply(MimeMessage message)
        => message.Headers[HeaderId.AutoSubmitted]?.Trim().StartsWith("auto-replied", StringComparison.OrdinalIgnoreCase) == true
            || message.Headers["X-Autoreply"] is not null
            || message.Body is MultipartReport { ReportType: not null };

    /// <summary>Walks the tree of parts without recursion and sorts them into words and files.</summary>
    private sealed class PartWalk
    {
        private readonly List<MimePart> _files = [];
        private readonly StringBuilder _text = new();
        private readonly StringBuilder _html = new();
        private bool _isFlowed;
        private bool _isPlainMissing;

        public IReadOnlyList<MimePart> Files => _files;

        public void Walk(MimeEntity? root)
        {
            var open = new Stack<MimeEntity>();
            if (root is not null)
            {
                open.Push(root);
            }

            for (var seen = 0; seen < MaxParts && open.TryPop(out var entity); seen++)
            {
                switch (entity)
                {
                    case MultipartAlternative alternative:
                        TakeAlternative(alternative, open);
                        break;
                    case Multipart multipart:
                        foreach (var part in Enumerable.Reverse(multipart))
                        {
                            open.Push(part);
                        }

                        break;
                    case MessagePart { Message: not null } forwarded:
                        AddFile(AsFile(forwarded));
                        break;
                    case TextPart { IsAttachment: false } text when text.FileName is null && (text.IsPlain || text.IsHtml):
                        TakeText(text);
                        break;
                    case MimePart part:
                        AddFile(part);
                        break;
                }
            }
        }

        public PostBody Body()
        {
            var text = _text.ToString().Trim('\n', '\r').TrimEnd();
            if (_html.Length == 0)
            {
                return new(_isFlowed ? BodyFormat.Flowed : BodyFormat.Plain, text, null);
            }

            var html = _html.ToString();
            var isAllHtml = text.Length == 0 || _isPlainMissing;
            return new(BodyFormat.Html, isAllHtml ? WordsOfHtml.Of(MailHtml.Render(html, _ => null, "").Html) : text, html);
        }

        /// <summary>The same content in several forms: the HTML is shown, the plain text searched and quoted; other forms are left out.</summary>
        private void TakeAlternative(MultipartAlternative alternative, Stack<MimeEntity> open)
        {
            var plain = alternative.OfType<TextPart>().FirstOrDefault(t => t.IsPlain && !t.IsFlowed) ?? alternative.OfType<TextPart>().FirstOrDefault(t => t.IsPlain);
            var rich = alternative.LastOrDefault(p => p is TextPart { IsHtml: true } or Multipart);
            if (plain is not null && rich is not null)
            {
                _text.Append(Text(plain)).Append('\n');
            }
            else if (plain is not null)
            {
                TakeText(plain);
            }

            if (rich is TextPart html)
            {
                TakeText(html);
            }
            else if (rich is not null)
            {
                open.Push(rich);
            }

            foreach (var other in alternative.OfType<MimePart>().Where(p => p is not TextPart { IsPlain: true } and not TextPart { IsHtml: true } && p != rich))
            {
                AddFile(other); // A calendar invitation, for instance.
            }
        }

        private void TakeText(TextPart part)
        {
            var text = Text(part);
            if (part.IsHtml)
            {
                _isPlainMissing |= _text.Length == 0;
                _html.Append(text);
                return;
            }

            _isFlowed |= part.IsFlowed && _text.Length == 0;
            if (_html.Length > 0)
            {
                _html.Append("<pre>").Append(HtmlText.Escape(text)).Append("</pre>"); // A list's footer below an HTML mail.
            }

            _text.Append(text).Append('\n');
        }

        private static string Text(TextPart part)
        {
            try
            {
                return part.Text.ReplaceLineEndings("\n");
            }
            catch (Exception undecodable) when (undecodable is NotSupportedException or DecoderFallbackException or ArgumentException)
            {
                return part.GetText(Encoding.Latin1).ReplaceLineEndings("\n");
            }
        }

        private void AddFile(MimePart part)
        {
            if (_files.Count < MaxFiles && part.Content is not null)
            {
                _files.Add(part);
            }
        }

        private static MimePart AsFile(MessagePart forwarded)
        {
            var content = new MemoryStream();
            forwarded.Message!.WriteTo(content);
            content.Position = 0;
            var name = StoredText.OneLine(forwarded.Message.Subject, 80);
            return new MimePart("message", "rfc822") { Content = new MimeContent(content), FileName = (name.Length > 0 ? name : "message") + ".eml" };
        }
    }
}
