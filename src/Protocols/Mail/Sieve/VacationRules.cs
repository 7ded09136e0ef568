using MimeKit;

namespace Plenum.Protocols.Mail.Sieve;

/// <summary>To whom no automatic answer may go (RFC 5230 §4.5, §4.6; RFC 3834).</summary>
public static class VacationRules
{
    private static readonly string[] ListFields = ["List-Help", "List-Subscribe", "List-Unsubscribe", "List-Post", "List-Owner", "List-Archive", "List-Id"];
    private static readonly string[] RecipientFields = ["To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc"];

    /// <summary>A person wrote this message, and to the owner.</summary>
    /// <param name="ownAddresses">Addresses of the owner, those of the action among them.</param>
    public static bool AllowsAnswer(SieveMessage message, IReadOnlyCollection<string> ownAddresses)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(ownAddresses);
        return IsPerson(message.EnvelopeFrom)
            && !ownAddresses.Contains(message.EnvelopeFrom, StringComparer.OrdinalIgnoreCase)
            && !ListFields.Any(f => message.Fields(f).Any())
            && message.Fields("Auto-Submitted").All(v => v.Split(';')[0].Trim().Equals("no", StringComparison.OrdinalIgnoreCase))
            && !message.Fields("Precedence").Any(v => v.ToUpperInvariant() is "BULK" or "LIST" or "JUNK")
            && RecipientFields.SelectMany(message.Fields).SelectMany(SieveMessage.Addresses).Any(a => ownAddresses.Contains(a, StringComparer.OrdinalIgnoreCase));
    }

    private static bool IsPerson(string sender)
    {
        var local = sender.Split('@')[0];
        return MailboxAddress.TryParse(sender, out _)
            && !local.StartsWith("owner-", StringComparison.OrdinalIgnoreCase)
            && !local.EndsWith("-request", StringComparison.OrdinalIgnoreCase)
            && !local.EndsWith("-bounces", StringComparison.OrdinalIgnoreCase)
            && local.ToUpperInvariant() is not ("MAILER-DAEMON" or "LISTSERV" or "MAJORDOMO" or "NOREPLY" or "NO-REPLY");
    }
}
