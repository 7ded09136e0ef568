using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Language;
using Plenum.Kernel.Organisation;

namespace Plenum.Kernel.Notifications;

/// <summary>Writes the mails, in the language of the reader. Without a mail module nothing is sent, and the web still shows everything.</summary>
internal sealed class NotificationLetters(IEnumerable<IMailQueue> queues, Texts texts, IOptions<HouseOptions> house)
{
    private const string ChoicesPath = "/account/notifications";
    private const int MaxSubject = 200; // Characters a mail program shows of a subject at most.
    private readonly IMailQueue? _queue = queues.FirstOrDefault();

    public async Task SendAsync(Account reader, StoredNotification notification, CancellationToken cancellation)
    {
        if (_queue is null || reader.Email is not { Length: > 0 } email)
        {
            return;
        }

        var language = LanguageOf(reader);
        var sentence = SentenceOf(notification, language);
        var text = new StringBuilder().AppendLine(sentence).AppendLine();
        if (notification.Excerpt.Length > 0)
        {
            text.AppendLine(notification.Excerpt).AppendLine();
        }

        text.AppendLine(Absolute(notification.Link));
        await EnqueueAsync(reader, email, sentence, text, string.Create(CultureInfo.InvariantCulture, $"{notification.Id}"), language, cancellation);
    }

    /// <param name="more">How many unread ones are not in the list.</param>
    public async Task SendDigestAsync(Account reader, IReadOnlyList<StoredNotification> notifications, int more, CancellationToken cancellation)
    {
        if (_queue is null || reader.Email is not { Length: > 0 } email)
        {
            return;
        }

        var language = LanguageOf(reader);
        var text = new StringBuilder();
        foreach (var notification in notifications)
        {
            text.Append("* ").AppendLine(SentenceOf(notification, language)).Append("  ").AppendLine(Absolute(notification.Link)).AppendLine();
        }

        if (more > 0)
        {
            text.AppendLine(texts.In(language, "notifications.digest.more", more)).AppendLine(Absolute("/notifications")).AppendLine();
        }

        var count = notifications.Count + more;
        var subject = texts.In(language, count == 1 ? "notifications.digest.subject.one" : "notifications.digest.subject.other", count);
        await EnqueueAsync(reader, email, subject, text, "digest", language, cancellation);
    }

    /// <summary>The sentence of a notification in a language.</summary>
    public string SentenceOf(StoredNotification notification, CultureInfo language)
        => texts.In(language, notification.TextKey, [.. JsonSerializer.Deserialize<string[]>(notification.Args)!]);

    private static CultureInfo LanguageOf(Account reader) => reader.Language is { } chosen ? CultureInfo.GetCultureInfo(chosen) : Texts.Languages[0];

    private string Absolute(string path) => house.Value.PublicUrl.TrimEnd('/') + path;

    private async Task EnqueueAsync(
        Account reader, string email, string subject, StringBuilder text, string reference, CultureInfo language, CancellationToken cancellation)
    {
        text.AppendLine().AppendLine("-- ").AppendLine(texts.In(language, "notifications.mail.choose")).AppendLine(Absolute(ChoicesPath));
        await _queue!.EnqueueAsync(
            new SystemMail
            {
                Source = "notifications",
                Reference = reference,
                To = email,
                ToName = reader.DisplayName,
                Subject = OneLine(subject),
                Text = text.ToString(),
            },
            cancellation);
    }

    private static string OneLine(string text)
    {
        var flat = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return flat.Length <= MaxSubject ? flat : flat[..(MaxSubject - 1)].TrimEnd('\ud800', ' ') + "…";
    }
}
