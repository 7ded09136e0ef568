using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Mail;
using Plenum.Contracts.Organisation;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.SignOn.Domain;
using Plenum.SignOn.Recovery;
using Plenum.SignOn.SigningIn;

namespace Plenum.SignOn.Registration;

/// <summary>New accounts: open, with the mail address confirmed, or by invitation.</summary>
public sealed class RegistrationService(
    PlenumDb db, Access access, MailLinks links, IMailQueue mail, PasswordService passwords, Texts texts, AccountLetters letters, IOptions<SignOnOptions> options, TimeProvider clock)
{
    /// <summary>Makes an unconfirmed account and mails the link. Public if the settings say so, else only with an invitation.</summary>
    /// <exception cref="RuleException">The name is taken, the address is none, the password too weak, or registration is closed.</exception>
    public async Task RegisterAsync(string login, string displayName, string email, string password, string? invitation, CancellationToken cancellation)
    {
        var invited = await links.FindAsync(MailLinkPurpose.Invite, invitation, cancellation);
        if (invited is null && (options.Value.Registration != RegistrationPolicy.Open || invitation is not null))
        {
            throw new RuleException(invitation is null ? "signon.register.closed" : "signon.link.bad");
        }

        if (!MailAddress.TryParse(email.Trim(), out var address))
        {
            throw new RuleException("signon.register.email-invalid");
        }

        var account = new Account(LoginName.Parse(login), displayName, address.ToString(), AccountKind.Person, clock.GetUtcNow().UtcDateTime);
        passwords.CheckFor(account, password);
        if (await db.Set<Account>().AnyAsync(a => a.Login == account.Login, cancellation))
        {
            throw new RuleException("signon.register.login-taken", account.Login);
        }

        if (await db.Set<Account>().SingleOrDefaultAsync(a => a.Email == account.Email, cancellation) is { } owner)
        {
            // Whoever asks must not learn that the address has an account; its owner does, by mail.
            await letters.AlreadyRegisteredAsync(owner, cancellation);
            await db.SaveChangesAsync(cancellation);
            return;
        }

        account.Prefer(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, null, null);
        db.Add(account);
        if (invited is not null && invited.Email == account.Email)
        {
            account.ConfirmEmail(account.Email!); // The invitation came to this very address.
            await links.UseAsync(MailLinkPurpose.Invite, invitation, cancellation);
        }
        else
        {
            var secret = links.Create(MailLinkPurpose.ConfirmEmail, account.Id, account.Email!, options.Value.LinkLifetime);
            await letters.ConfirmAsync(account, secret, options.Value.LinkLifetime, cancellation);
        }

        await passwords.SetAsync(account, password, keepSession: null, cancellation);
    }

    /// <summary>Follows the link of a confirmation mail.</summary>
    /// <exception cref="RuleException">The link is no good.</exception>
    public async Task<Account> ConfirmAsync(string secret, CancellationToken cancellation)
    {
        var link = await links.UseAsync(MailLinkPurpose.ConfirmEmail, secret, cancellation);
        var account = await db.Set<Account>().SingleAsync(a => a.Id == link.AccountId, cancellation);
        account.ConfirmEmail(link.Email);
        await db.SaveChangesAsync(cancellation);
        return account;
    }

    /// <summary>Sends the confirmation again to someone who typed the right password of an unconfirmed account.</summary>
    public async Task ConfirmAgainAsync(Account account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(account);
        var secret = links.Create(MailLinkPurpose.ConfirmEmail, account.Id, account.Email!, options.Value.LinkLifetime);
        await letters.ConfirmAsync(account, secret, options.Value.LinkLifetime, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    /// <exception cref="DeniedException">The viewer may not edit accounts of the unit.</exception>
    public async Task InviteAsync(Viewer viewer, OrgUnitId unit, string email, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.EditAccounts, unit, cancellation);
        await SendInvitationAsync(viewer.SignedInAccount, viewer.DisplayName, email, cancellation);
    }

    internal async Task SendInvitationAsync(AccountId inviter, string inviterName, string email, CancellationToken cancellation)
    {
        if (!MailAddress.TryParse(email.Trim(), out var address))
        {
            throw new RuleException("signon.register.email-invalid");
        }

        var secret = links.Create(MailLinkPurpose.Invite, null, address.ToString(), options.Value.InvitationLifetime, inviter);
        await mail.EnqueueAsync(
            new SystemMail
            {
                Source = SignOnModule.Name,
                To = address.ToString(),
                Subject = texts["signon.mail.invite.subject", inviterName],
                Text = texts["signon.mail.invite.text", inviterName, letters.Link($"/register?invitation={secret}"), (int)options.Value.InvitationLifetime.TotalDays],
            },
            cancellation);
        await db.SaveChangesAsync(cancellation);
    }
}
