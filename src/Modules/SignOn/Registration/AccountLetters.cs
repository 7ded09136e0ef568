using System.Globalization;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Language;
using Plenum.Kernel.Organisation;

namespace Plenum.SignOn.Registration;

/// <summary>The mails of registration, in the person's language.</summary>
public sealed class AccountLetters(IMailQueue mail, Texts texts, IOptions<HouseOptions> house)
{
    /// <summary>An address of this house for a mail.</summary>
    public string Link(string path) => house.Value.PublicUrl.TrimEnd('/') + path;

    public ValueTask<MailMessageId> ConfirmAsync(Account account, string secret, TimeSpan lifetime, CancellationToken cancellation)
        => SendAsync(account, "signon.mail.confirm", cancellation, account.DisplayName, Link("/confirm/" + secret), (int)lifetime.TotalMinutes);

    public ValueTask<MailMessageId> AlreadyRegisteredAsync(Account account, CancellationToken cancellation)
        => SendAsync(account, "signon.mail.already", cancellation, account.DisplayName, account.Login, Link("/recover"));

    private ValueTask<MailMessageId> SendAsync(Account account, string key, CancellationToken cancellation, params object?[] values)
    {
        var language = CultureInfo.GetCultureInfo(account.Language ?? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);
        return mail.EnqueueAsync(
            new SystemMail
            {
                Source = SignOnModule.Name,
                To = account.Email!,
                ToName = account.DisplayName,
                Subject = texts.In(language, key + ".subject"),
                Text = texts.In(language, key + ".text", values),
            },
            cancellation);
    }
}
