using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Organisation;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Data;
using Plenum.Kernel.Limits;
using Plenum.Kernel.Permissions;
using Plenum.SignOn.Domain;
using Plenum.SignOn.Recovery;
using Plenum.SignOn.SigningIn;

namespace Plenum.SignOn.Registration;

/// <summary>What someone fills in to get an account.</summary>
/// <param name="Invitation">Secret of an invitation link, or null.</param>
public sealed record Application(string Login, string DisplayName, string Email, string Password, string? Invitation);

/// <summary>New accounts: open, with the mail address confirmed, or by invitation.</summary>
public sealed class RegistrationService(
    PlenumDb db, MailLinks links, PasswordService passwords, AccountLetters letters, SignInLimiter limiter, IOptions<SignOnOptions> options, TimeProvider clock)
{
    /// <summary>Makes an account, unconfirmed unless the invitation came to its address. Public if the settings say so, else only with an invitation.</summary>
    /// <returns>The account if it is open at once; null if a mail with a link is on its way.</returns>
    /// <exception cref="RuleException">The name is taken, the address is none, the password too weak, or registration is closed.</exception>
    public async Task<Account?> RegisterAsync(Application application, Visitor visitor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(visitor);
        var invited = await links.FindAsync(MailLinkPurpose.Invite, application.Invitation, cancellation);
        if (invited is null && (options.Value.Registration != RegistrationPolicy.Open || application.Invitation is not null))
        {
            throw new RuleException(application.Invitation is null ? "signon.register.closed" : "signon.link.bad");
        }

        var email = AddressOf(application.Email);
        var account = new Account(LoginName.Parse(application.Login), application.DisplayName, email, AccountKind.Person, clock.GetUtcNow().UtcDateTime);
        passwords.CheckFor(account, application.Password);
        CountTry(visitor);
        await DemandFreeAsync(account.Login, cancellation);
        if (await db.Set<Account>().SingleOrDefaultAsync(a => a.Email == account.Email, cancellation) is { } owner)
        {
            // Whoever asks must not learn that the address has an account; its owner does, by mail.
            passwords.Pretend(application.Password);
            await letters.AlreadyRegisteredAsync(owner, cancellation);
            await db.SaveChangesAsync(cancellation);
            return null;
        }

        return await OpenAsync(account, application, invited, cancellation);
    }

    /// <summary>Follows the link of a confirmation mail, for a new account or a new address of an old one.</summary>
    /// <returns>The account, and whether it was opened by this.</returns>
    /// <exception cref="RuleException">The link is no good, or the address has become someone else's.</exception>
    public async Task<(Account Account, bool IsNew)> ConfirmAsync(string secret, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var link = await links.UseAsync(MailLinkPurpose.ConfirmEmail, secret, cancellation);
        var account = await db.Set<Account>().SingleAsync(a => a.Id == link.AccountId, cancellation);
        if (await db.Set<Account>().AnyAsync(a => a.Email == link.Email && a.Id != account.Id, cancellation))
        {
            throw new RuleException("signon.email.taken");
        }

        var (isNew, former) = (account.State == AccountState.Unconfirmed, account.Email);
        account.ConfirmEmail(link.Email);
        if (!isNew && former is not null && former != link.Email)
        {
            await letters.EmailChangedAsync(account, former, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return (account, isNew);
    }

    /// <summary>Sends the confirmation again to someone who typed the right password of an unconfirmed account.</summary>
    /// <returns>False if it was sent often enough already.</returns>
    public async Task<bool> ConfirmAgainAsync(Account account, Visitor visitor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(visitor);
        if (limiter.Check("confirm:" + account.Login, visitor.Address) is not null)
        {
            return false;
        }

        limiter.Failed("confirm:" + account.Login, visitor.Address); // Each sends a mail, so each counts.
        await SendConfirmationAsync(account, account.Email!, cancellation);
        await db.SaveChangesAsync(cancellation);
        return true;
    }

    /// <summary>Mails a link to an address the person wants to have instead; nothing changes before it is followed. Everyone rules over their own.</summary>
    /// <exception cref="RuleException">That is no address, or too many were asked for.</exception>
    public async Task ChangeEmailAsync(Viewer viewer, string email, Visitor visitor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(visitor);
        var account = await db.Set<Account>().SingleAsync(a => a.Id == viewer.SignedInAccount, cancellation);
        var address = AddressOf(email);
        CountTry(visitor);
        if (await db.Set<Account>().SingleOrDefaultAsync(a => a.Email == address && a.Id != account.Id, cancellation) is { } owner)
        {
            await letters.AlreadyRegisteredAsync(owner, cancellation); // As in RegisterAsync: the owner learns of it, the asker does not.
        }
        else
        {
            await SendConfirmationAsync(account, address, cancellation);
        }

        await db.SaveChangesAsync(cancellation);
    }

    private static string AddressOf(string email)
        => MailAddress.TryParse(email.Trim().ToLowerInvariant(), out var address) && address.Domain.Contains('.', StringComparison.Ordinal)
            ? address.ToString()
            : throw new RuleException("signon.register.email-invalid");

    private async Task<Account?> OpenAsync(Account account, Application application, MailLink? invited, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        account.Prefer(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName, null, null);
        db.Add(account);
        if (invited is not null)
        {
            await links.UseAsync(MailLinkPurpose.Invite, application.Invitation, cancellation);
        }

        if (invited is not null && invited.Email == account.Email)
        {
            account.ConfirmEmail(account.Email!); // The invitation came to this very address.
        }
        else
        {
            await SendConfirmationAsync(account, account.Email!, cancellation);
        }

        try
        {
            await passwords.SetAsync(account, application.Password, keepSession: null, cancellation);
        }
        catch (DbUpdateException)
        {
            await transaction.RollbackAsync(cancellation);
            db.ChangeTracker.Clear();
            await DemandFreeAsync(account.Login, cancellation); // Someone took the name in the same moment.
            throw;
        }

        await transaction.CommitAsync(cancellation);
        return account.CanSignIn ? account : null;
    }

    private async Task SendConfirmationAsync(Account account, string to, CancellationToken cancellation)
    {
        var secret = links.Create(MailLinkPurpose.ConfirmEmail, account.Id, to, options.Value.LinkLifetime);
        await letters.ConfirmAsync(account, to, secret, options.Value.LinkLifetime, cancellation);
    }

    private async Task DemandFreeAsync(string login, CancellationToken cancellation)
    {
        if (await db.Set<Account>().AnyAsync(a => a.Login == login, cancellation))
        {
            throw new RuleException("signon.register.login-taken", login);
        }
    }

    // Each may send a mail to someone who never asked for it.
    private void CountTry(Visitor visitor)
    {
        var who = "register:" + visitor.Address;
        if (limiter.Check(who, visitor.Address) is { } wait)
        {
            throw new RuleException("signon.sign-in.wait", (int)Math.Ceiling(wait.TotalMinutes));
        }

        limiter.Failed(who, visitor.Address);
    }
}
