using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Limits;
using Plenum.SignOn.Domain;
using Plenum.SignOn.Registration;
using Plenum.SignOn.SecondFactors;
using Plenum.SignOn.SigningIn;

namespace Plenum.SignOn.Recovery;

/// <summary>The forgotten password: a link by mail, then the second factor where there is one. Public by nature.</summary>
public sealed class RecoveryService(
    PlenumDb db, MailLinks links, AccountLetters letters, SecondFactorService factors, PasswordService passwords, SignInLimiter limiter, AfterAnswer after,
    Audit audit, IOptions<SignOnOptions> options)
{
    /// <summary>Sends a link if the address or name belongs to someone. The answer is the same if it does not.</summary>
    /// <returns>How long to wait, if too many were asked for; else null.</returns>
    public TimeSpan? Ask(string loginOrEmail, Visitor visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        var typed = loginOrEmail.Trim().ToLowerInvariant();
        if (limiter.Check("recover:" + typed, visitor.Address) is { } wait)
        {
            return wait;
        }

        limiter.Failed("recover:" + typed, visitor.Address); // Every question counts: each may send a mail.
        var language = CultureInfo.CurrentUICulture;
        after.Post(async (scope, stopping) =>
        {
            CultureInfo.CurrentUICulture = language;
            await scope.GetRequiredService<RecoveryService>().SendAsync(typed, stopping);
        });
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
        ArgumentNullException.ThrowIfNull(visitor);
        var link = await links.FindAsync(MailLinkPurpose.Recover, secret, cancellation) ?? throw new RuleException("signon.link.bad");
        var account = await db.Set<Account>().SingleAsync(a => a.Id == link.AccountId, cancellation);
        passwords.CheckFor(account, password);
        await DemandSecondFactorAsync(account, code, visitor, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await links.UseAsync(MailLinkPurpose.Recover, secret, cancellation);
        account.ConfirmEmail(link.Email);
        audit.Record(db, account.Id, "signon.recover", $"account:{account.Id}");
        await passwords.SetAsync(account, password, keepSession: null, cancellation);
        await transaction.CommitAsync(cancellation);
        return account;
    }

    private async Task SendAsync(string typed, CancellationToken cancellation)
    {
        var account = await db.Set<Account>().SingleOrDefaultAsync(
            a => (a.Login == typed || a.Email == typed) && a.Email != null && (a.State == AccountState.Active || a.State == AccountState.Unconfirmed), cancellation);
        if (account is not null)
        {
            var secret = links.Create(MailLinkPurpose.Recover, account.Id, account.Email!, options.Value.LinkLifetime);
            await letters.RecoverAsync(account, secret, options.Value.LinkLifetime, cancellation);
            await db.SaveChangesAsync(cancellation);
        }
    }

    private async Task DemandSecondFactorAsync(Account account, string? code, Visitor visitor, CancellationToken cancellation)
    {
        if ((await db.Set<Credentials>().FindAsync([account.Id], cancellation))?.HasTotp != true)
        {
            return;
        }

        var device = visitor.DeviceOf(account.Id);
        if (limiter.Check(account.Login, visitor.Address, device: device) is not null || await factors.TryUseAsync(account.Id, code ?? "", cancellation) is null)
        {
            limiter.Failed(account.Login, visitor.Address, device: device);
            throw new RuleException("signon.totp.wrong-code");
        }
    }
}
