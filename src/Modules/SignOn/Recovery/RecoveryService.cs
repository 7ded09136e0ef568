using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Mail;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;
using Plenum.Kernel.Limits;
using Plenum.Kernel.Organisation;
using Plenum.SignOn.Domain;
using Plenum.SignOn.SecondFactors;
using Plenum.SignOn.SigningIn;

namespace Plenum.SignOn.Recovery;

/// <summary>The forgotten password: a link by mail, then the second factor where there is one. Public by nature.</summary>
public sealed class RecoveryService(
    PlenumDb db,
    MailLinks links,
    IMailQueue mail,
    SecondFactorService factors,
    PasswordService passwords,
    SignInLimiter limiter,
    Texts texts,
    IOptions<SignOnOptions> options,
    IOptions<HouseOptions> house,
    TimeProvider clock)
{
    /// <summary>Sends a link if the address or name belongs to someone. The answer is the same if it does not.</summary>
    /// <returns>How long to wait, if too many were asked for; else null.</returns>
    public async Task<TimeSpan?> AskAsync(string loginOrEmail, Visitor visitor, CancellationToken cancellation)
    {
        var typed = loginOrEmail.Trim().ToLowerInvariant();
        if (limiter.Check("recover:" + typed, visitor.Address) is { } wait)
        {
            return wait;
        }

        limiter.Failed("recover:" + typed, visitor.Address); // Every question counts: each may send a mail.
        var account = await db.Set<Account>().SingleOrDefaultAsync(
            a => (a.Login == typed || a.Email == typed) && a.Email != null && (a.State == AccountState.Active || a.State == AccountState.Unconfirmed), cancellation);
        if (account is null)
        {
            return null;
        }

        var secret = links.Create(MailLinkPurpose.Recover, account.Id, account.Email!, options.Value.LinkLifetime);
        var language = CultureInfo.GetCultureInfo(account.Language ?? CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);
        await mail.EnqueueAsync(
            new SystemMail
            {
                Source = SignOnModule.Name,
                To = account.Email!,
                ToName = account.DisplayName,
                Subject = texts.In(language, "signon.mail.recover.subject"),
                Text = texts.In(
                    language, "signon.mail.recover.text", account.DisplayName, $"{house.Value.PublicUrl.TrimEnd('/')}/recover/{secret}", (int)options.Value.LinkLifetime.TotalMinutes),
                ExpiresAt = clock.GetUtcNow().UtcDateTime + options.Value.LinkLifetime,
            },
            cancellation);
        await db.SaveChangesAsync(cancellation);
        return null;
    }

    /// <summary>Whether the link's account also asks for a second factor; null if the link is no good.</summary>
    public async Task<bool?> NeedsSecondFactorAsync(string secret, CancellationToken cancellation)
        => await links.FindAsync(MailLinkPurpose.Recover, secret, cancellation) is { } link
            ? (await db.Set<Credentials>().FindAsync([link.AccountId!.Value], cancellation))?.HasTotp == true
            : null;

    /// <summary>Sets a new password, ends every session, and proves the mail address on the way.</summary>
    /// <exception cref="RuleException">The link is no good, the second factor is wrong, or the password is too weak.</exception>
    public async Task<Account> CompleteAsync(string secret, string password, string? code, Visitor visitor, CancellationToken cancellation)
    {
        var link = await links.FindAsync(MailLinkPurpose.Recover, secret, cancellation) ?? throw new RuleException("signon.link.bad");
        var account = await db.Set<Account>().SingleAsync(a => a.Id == link.AccountId, cancellation);
        passwords.CheckFor(account, password);
        if ((await db.Set<Credentials>().FindAsync([account.Id], cancellation))?.HasTotp == true)
        {
            if (limiter.Check(account.Login, visitor.Address) is not null || await factors.TryUseAsync(account.Id, code ?? "", cancellation) is null)
            {
                limiter.Failed(account.Login, visitor.Address);
                throw new RuleException("signon.totp.wrong-code");
            }
        }

        await links.UseAsync(MailLinkPurpose.Recover, secret, cancellation);
        account.ConfirmEmail(link.Email);
        await passwords.SetAsync(account, password, keepSession: null, cancellation);
        return account;
    }
}
