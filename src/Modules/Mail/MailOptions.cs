using System.ComponentModel.DataAnnotations;
using Plenum.Kernel.Addresses;

namespace Plenum.Mail;

/// <summary>Settings under "Mail".</summary>
public sealed class MailOptions : IValidatableObject
{
    /// <summary>Mailbox that mails from the organisation itself come from. Empty: "noreply@" and the mail domain of the root unit.</summary>
    public string SystemSender { get; init; } = "";

    /// <summary>How long a mail is tried before it goes back to its sender.</summary>
    public TimeSpan QueueLifetime { get; init; } = TimeSpan.FromDays(5); // RFC 5321 §4.5.4.1: at least 4-5 days.

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SystemSender.Length > 0 && !MailAddress.TryParse(SystemSender, out _))
        {
            yield return new($"\"{SystemSender}\" is no mail address.", [nameof(SystemSender)]);
        }

        if (QueueLifetime < TimeSpan.FromHours(1))
        {
            yield return new("must be at least one hour.", [nameof(QueueLifetime)]);
        }
    }
}
