using System.Globalization;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Language;
using Plenum.Kernel.Organisation;

namespace Plenum.SignOn.Registration;

/// <summary>The mails about an account, in the person's language.</summary>
public sealed class AccountLetters(IMailQueue mail, Texts texts, IOptions<HouseOptions> house, TimeProvider clock)
{
    /// <summary>An address of this house for a mail.</summary>
    public string Link(string path) => house.Value.PublicUrl.TrimEnd('/') + path;

    /// <param name="to">The address to be confirmed: the account's own, or the one it wants to have.</param>
    public ValueTask<MailMessageId> ConfirmAsync(Account account, string to, string secret, TimeSpan lifetime, CancellationToken cancellation)
        => SendAsync(account, to, "signon.mail.confirm", lifetime, cancellation, account.DisplayName, Link("/confirm/" + secret), (int)lifetime.TotalMinutes);

    public ValueTask<MailMessageId> AlreadyRegisteredAsync(Account account, CancellationToken cancellation)
        => SendAsync(account, account.Email!, "signon.mail.already", null, cancellation, account.DisplayName, account.Login, Link("/recover"));

    public ValueTask<MailMessageId> RecoverAsync(Account account, string secret, TimeSpan lifetime, CancellationToken cancellation)
        => SendAsync(account, account.Email!, "signon.mail.recover", lifetime, cancellation, account.DisplayName, Link("/recover/" + secret), (int)lifetime.TotalMinutes);

    /// <param name="former">The address that was the account's until now: it hears of the change.</param>
    public ValueTask<MailMessageId> EmailChangedAsync(Account account, string former, CancellationToken cancellation)
        => SendAsync(account, former, "signon.mail.email-changed", null, cancellation, account.DisplayName, account.Email);

    public ValueTask<MailMessageId> InviteAsync(string to, string inviter, string secret, TimeSpan lifetime, CancellationToken cancellation)
        => mail.EnqueueAsync(
            new SystemMail
            {
                Source = SignOnModule.Name,
                To = to,
                Subject = texts["signon.mail.invite.subject", inviter],
                Text = texts["signon.mail.invite.text", inviter, Link("/register?invitation=" + secret), (int)lifetime.TotalDays],
                ExpiresAt = clock.GetUtcNow().UtcDateTime + lifetime,
            },
            cancellation);

    private ValueTask<MailMessageId> SendAsync(Account account, string to, string key, TimeSpan? lifetime, CancellationToken cancellation, params object?[] values)
    {
        var language = CultureInfo.GetCultureInfo(account.Language ?? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);
        return mail.EnqueueAsync(
            new SystemMail
            {
                Source = SignOnModule.Name,
                To = to,
                ToName = account.DisplayName,
                Subject = texts.In(language, key + ".subject"),
                Text = texts.In(language, key + ".text", values),
                ExpiresAt = clock.GetUtcNow().UtcDateTime + lifetime,
            },
            cancellation);
    }
}
