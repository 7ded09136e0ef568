using System.Text.Json;
using Plenum.Protocols.Mail.Dsn;

namespace Plenum.Protocols.Mail.Bounce;

/// <summary>Notices of Amazon SES that come as JSON by mail.</summary>
internal static class SesNotification
{
    public static BounceReport? Read(string text)
    {
        var start = text.IndexOf('{');
        if (start < 0 || !text.Contains("notificationType", StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            using var document = Parse(text[start..]);
            if (!document.RootElement.TryGetProperty("Message", out var message) || message.ValueKind is not JsonValueKind.String)
            {
                return Read(document.RootElement);
            }

            using var inner = Parse(message.GetString()!);
            return Read(inner.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The mail's lines were broken wherever they were long, and a footer may follow.</summary>
    private static JsonDocument Parse(string text)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text.Replace("\n", "", StringComparison.Ordinal)));
        return JsonDocument.ParseValue(ref reader);
    }

    private static BounceReport? Read(JsonElement notice)
    {
        var id = notice.ValueKind is JsonValueKind.Object && notice.TryGetProperty("mail", out var mail) && mail.ValueKind is JsonValueKind.Object
            && mail.TryGetProperty("commonHeaders", out var headers) ? Text(headers, "messageId").Trim('<', '>') : "";
        return Text(notice, "notificationType") switch
        {
            "Bounce" when notice.TryGetProperty("bounce", out var bounce) => Report(Bounced(bounce), id),
            "Complaint" when notice.TryGetProperty("complaint", out var complaint) => Report(
                Items(complaint, "complainedRecipients").Select(item => new BouncedRecipient(Text(item, "emailAddress"), BounceReason.ReportedAsSpam)), id),
            "Delivery" when notice.TryGetProperty("delivery", out var delivery) => Report(
                Array(delivery, "recipients").Where(item => item.ValueKind is JsonValueKind.String).Select(item => new BouncedRecipient(item.GetString()!, BounceReason.Delivered)), id),
            _ => null,
        };
    }

    private static IEnumerable<BouncedRecipient> Bounced(JsonElement bounce)
    {
        var bySubType = (Text(bounce, "bounceType"), Text(bounce, "bounceSubType")) switch
        {
            ("Permanent", "NoEmail") => BounceReason.MailboxUnknown,
            (_, "MailboxFull") => BounceReason.MailboxFull,
            (_, "MessageTooLarge") => BounceReason.MessageTooLarge,
            (_, "ContentRejected" or "AttachmentRejected") => BounceReason.ContentRefused,
            _ => BounceReason.Unknown,
        };
        foreach (var item in Items(bounce, "bouncedRecipients"))
        {
            var diagnostic = Text(item, "diagnosticCode");
            EnhancedStatusCode? status = EnhancedStatusCode.TryFind(Text(item, "status"), out var code) ? code : null;
            var reason = Diagnosis.Of(TypedText.TryParse(diagnostic, out var typed) ? typed.Text : "", status);
            yield return new BouncedRecipient(Text(item, "emailAddress"), reason is BounceReason.Unknown ? bySubType : reason)
            {
                Status = status,
                Diagnostic = diagnostic.Length > 500 ? diagnostic[..500] : diagnostic,
            };
        }
    }

    private static BounceReport Report(IEnumerable<BouncedRecipient> recipients, string id)
    {
        var list = recipients.Where(recipient => recipient.Address.Length > 0).ToList();
        return new BounceReport(BounceClassifier.Gravest(list), list) { Form = "ses", OriginalMessageId = id };
    }

    private static IEnumerable<JsonElement> Items(JsonElement parent, string name) => Array(parent, name).Where(item => item.ValueKind is JsonValueKind.Object);

    private static IEnumerable<JsonElement> Array(JsonElement parent, string name)
    {
        if (parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var array) && array.ValueKind is JsonValueKind.Array)
        {
            foreach (var item in array.EnumerateArray())
            {
                yield return item;
            }
        }
    }

    private static string Text(JsonElement parent, string name)
        => parent.ValueKind is JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";
}
