using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Text;
using Plenum.Protocols.Mail.Arf;
using Plenum.Protocols.Mail.Dsn;
using Plenum.Protocols.Mail.Reports;

namespace Plenum.Protocols.Mail.Bounce;

/// <summary>A mail taken apart for <see cref="BounceClassifier"/>: facts of its header, the text for people, reports, the header of what came back.</summary>
internal sealed class BounceMail
{
    /// <summary>Octets of a mail that are looked at; a bounce says what it says in front of what it gives back.</summary>
    private const int MaxOctets = 1 << 20;

    /// <summary>Characters of the notice that are looked at.</summary>
    private const int MaxNotice = 32 * 1024;

    /// <summary>Parts that are looked at.</summary>
    private const int MaxParts = 50;

    /// <summary>Where the returned message starts in a notice that is plain text: a line that says so, or a line only a mail header has.</summary>
    private static readonly Regex ReturnedMessage = LinearRegex.Create(
        @"^([ \t>|]*-{2,}[^\n]{0,80}\b(copy of (the|this|your) message|copy of the (original )?mail|below this line|original (message|mail)|unsent message|returned message|message text follows|message header|header of the)\b[^\n]*"
        + @"|[ \t]*(a copy of the (original )?message[^\n]*(below|follows|attached)|message headers follow|original message follows|original message headers?|original message|below is a copy of|included is a copy of|your message reads|bounced e-?mail|the original message (was|is) over|en-t.tes de message d.origine)\b[^\n]*[.:]?[ \t]*$"
        + @"|(received|return-path|dkim-signature|x-received|delivered-to):[ \t]?)",
        RegexOptions.Multiline);

    private static readonly Regex SubjectLine = LinearRegex.Create(@"^[ \t]*(subject|the subject of the message is|betreff)[ \t]*:[^\n]*$", RegexOptions.Multiline);

    private readonly MimeMessage _mail;
    private readonly string _returned;

    private BounceMail(MimeMessage mail, string body)
    {
        _mail = mail;
        Walk(mail.Body);
        FullText = FullText.Length > 0 ? FullText : Shorten(body);
        var cut = ReturnedMessage.Match(FullText);
        var end = cut.Success && cut.Index > 0 ? cut.Index : FullText.Length;
        Notice = SubjectLine.Replace(FullText[..Math.Min(end, MaxNotice)], "");
        _returned = FullText[end..];
    }

    /// <summary>Address of From; empty for "MAILER-DAEMON &lt;&gt;" and the like.</summary>
    public string From => _mail.From.Mailboxes.FirstOrDefault()?.Address ?? "";

    /// <summary>From as it stands, name included.</summary>
    public string FromText => Header("From");

    public IEnumerable<string> To => _mail.To.Mailboxes.Select(mailbox => mailbox.Address);

    public string Subject => _mail.Subject ?? "";

    /// <summary>The text for people, LF lines, without what it gives back and without subject lines.</summary>
    public string Notice { get; }

    /// <summary>The text with what it gives back.</summary>
    public string FullText { get; private set; } = "";

    public List<DeliveryStatus> Statuses { get; } = [];

    public FeedbackReport? Feedback { get; private set; }

    /// <summary>The header of the message that came back, where it came as a part of its own.</summary>
    public HeaderList? Original { get; private set; }

    /// <summary>Reads any octets; line ends may be CRLF, LF or CR.</summary>
    public static bool TryLoad(ReadOnlyMemory<byte> message, [NotNullWhen(true)] out BounceMail? mail)
    {
        mail = null;
        var octets = WithLineFeeds(message.Span[..Math.Min(message.Length, MaxOctets)]);
        if (!ReportMailReader.TryLoad(octets, out var parsed))
        {
            return false;
        }

        var body = octets.AsSpan().IndexOf("\n\n"u8);
        mail = new BounceMail(parsed, body < 0 ? "" : Encoding.UTF8.GetString(octets.AsSpan(body + 2)));
        return true;
    }

    /// <summary>The first value of a field, unfolded; empty if there is none.</summary>
    public string Header(string name) => (_mail.Headers[name] ?? "").Trim();

    /// <summary>The Message-ID of what came back, without angle brackets; empty if unknown.</summary>
    public string OriginalMessageId()
    {
        var field = Original?["Message-ID"] ?? FieldInText("message-id:") ?? "";
        return Threading.MessageIds.ParseLoosely(field) is [var id, ..] ? id : "";
    }

    /// <summary>The recipients the message that came back names in To.</summary>
    public string[] OriginalTo() => InternetAddressList.TryParse(Original?["To"] ?? FieldInText("to:") ?? "", out var list)
        ? [.. list.Mailboxes.Select(mailbox => mailbox.Address).Where(address => address.Contains('@', StringComparison.Ordinal))]
        : [];

    /// <summary>A field of the message that came back, where it stands in the text behind the notice.</summary>
    private string? FieldInText(string name)
    {
        foreach (var line in _returned.AsSpan().EnumerateLines())
        {
            var trimmed = line.TrimStart(" \t>");
            if (trimmed.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                return trimmed[name.Length..].ToString();
            }
        }

        return null;
    }

    /// <summary>Walks the parts without descending into returned messages.</summary>
    private void Walk(MimeEntity? body)
    {
        var text = new StringBuilder();
        string? html = null;
        var stack = new Stack<MimeEntity?>([body]);
        for (var count = 0; count < MaxParts && stack.TryPop(out var part); count++)
        {
            switch (part)
            {
                case Multipart multipart:
                    for (var i = multipart.Count - 1; i >= 0; i--)
                    {
                        stack.Push(multipart[i]);
                    }

                    break;
                case MessagePart returned:
                    Original ??= returned.Message?.Headers;
                    break;
                case MimePart machine when machine.ContentType.MimeType.ToLowerInvariant() is "message/delivery-status" or "message/global-delivery-status":
                    if (DeliveryStatusReader.TryRead(ReportMailReader.ContentOf(machine), out var status))
                    {
                        Statuses.Add(status);
                    }

                    break;
                case MimePart machine when machine.ContentType.IsMimeType("message", "feedback-report"):
                    Feedback ??= FeedbackReportReader.TryRead(ReportMailReader.ContentOf(machine), out var feedback) ? feedback : null;
                    break;
                case TextPart { IsHtml: true } rich:
                    html ??= rich.Text;
                    break;
                case TextPart plain when text.Length == 0:
                    text.Append(plain.Text.AsSpan().Trim());
                    break;
                default:
                    break;
            }
        }

        FullText = Shorten(text.Length > 0 ? text.ToString() : html is null ? "" : TextOf(html));
    }

    private static string Shorten(string text)
    {
        var clean = text.ReplaceLineEndings("\n");
        return clean.Length > 2 * MaxNotice ? clean[..(2 * MaxNotice)] : clean;
    }

    /// <summary>The words of HTML, a line per block.</summary>
    private static string TextOf(string html)
    {
        var text = new StringBuilder();
        var tokens = new HtmlTokenizer(new StringReader(html.Length > 4 * MaxNotice ? html[..(4 * MaxNotice)] : html)) { DecodeCharacterReferences = true };
        while (tokens.ReadNextToken(out var token) && text.Length < MaxNotice)
        {
            switch (token)
            {
                case HtmlDataToken { Kind: HtmlTokenKind.Data } data:
                    text.Append(data.Data);
                    break;
                case HtmlTagToken { Id: HtmlTagId.Br or HtmlTagId.P or HtmlTagId.Div or HtmlTagId.TR or HtmlTagId.LI or HtmlTagId.H1 or HtmlTagId.H2 or HtmlTagId.Pre }:
                    text.Append('\n');
                    break;
                default:
                    break;
            }
        }

        return text.ToString();
    }

    private static byte[] WithLineFeeds(ReadOnlySpan<byte> message)
    {
        var octets = new byte[message.Length];
        var length = 0;
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] == '\r')
            {
                if (i + 1 < message.Length && message[i + 1] == '\n')
                {
                    continue;
                }

                octets[length++] = (byte)'\n';
                continue;
            }

            octets[length++] = message[i];
        }

        return octets[..length];
    }
}
