using System.Text.RegularExpressions;
using Plenum.Protocols.Mail.Arf;

namespace Plenum.Protocols.Mail.Bounce;

/// <summary>Knows complaints: ARF (RFC 5965), and the forms of providers that write none.</summary>
internal static class Complaints
{
    private const string HotmailRecipient = "X-HmXmrOriginalRecipient";

    private static readonly Regex HotmailSubject = LinearRegex.Create("^complaint about message from ");
    private static readonly Regex AppleUnsubscribe = LinearRegex.Create("Mail sent this email to unsubscribe");

    public static BounceReport? Read(BounceMail mail)
    {
        if (mail.Feedback is { } feedback)
        {
            var reason = feedback.FeedbackType switch
            {
                "opt-out" or "opt-out-list" => BounceReason.Unsubscribed,
                "auth-failure" => BounceReason.AuthenticationReport,
                "not-spam" or "dkim" => BounceReason.OtherFeedback,
                _ => BounceReason.ReportedAsSpam,
            };
            return Report(mail, "arf", reason, [.. Recipients(feedback, mail)]);
        }

        if (HotmailSubject.IsMatch(mail.Subject) && mail.Original is { } original)
        {
            return Report(mail, "hotmail", BounceReason.ReportedAsSpam, Addresses(original[HotmailRecipient] ?? original["To"] ?? ""));
        }

        if (mail.Header(HotmailRecipient) is { Length: > 0 } recipient) // The message itself, sent back as it is.
        {
            return Report(mail, "hotmail", BounceReason.ReportedAsSpam, Addresses(recipient));
        }

        return mail.Subject.Equals("unsubscribe", StringComparison.OrdinalIgnoreCase) && AppleUnsubscribe.IsMatch(mail.Notice)
            ? Report(mail, "list-unsubscribe", BounceReason.Unsubscribed, [mail.From])
            : null;
    }

    /// <summary>Whoever complained: told in the report, or the only recipient of the message it gives back. Blacked-out addresses are none.</summary>
    private static IEnumerable<string> Recipients(FeedbackReport feedback, BounceMail mail)
    {
        var told = feedback.OriginalRcptTo.Concat(feedback.Extensions.Where(field => field.Is("Removal-Recipient")).Select(field => field.Value)).Where(IsAddress).ToList();
        return told.Count > 0 ? told.Distinct(StringComparer.OrdinalIgnoreCase) : Addresses(mail.Original?["To"] ?? "");
    }

    private static string[] Addresses(string field) => MimeKit.InternetAddressList.TryParse(field, out var list)
        ? [.. list.Mailboxes.Select(mailbox => mailbox.Address).Where(IsAddress)]
        : [];

    private static bool IsAddress(string text)
        => text.IndexOf('@') is var at && at > 0 && at < text.Length - 1 && !text.Contains("redact", StringComparison.OrdinalIgnoreCase);

    private static BounceReport Report(BounceMail mail, string form, BounceReason reason, IReadOnlyList<string> addresses)
        => new(BounceReasons.ClassOf(reason), [.. addresses.Select(address => new BouncedRecipient(address, reason))])
        {
            Form = form,
            OriginalMessageId = mail.OriginalMessageId(),
        };
}
