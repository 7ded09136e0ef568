using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Limits;
using Plenum.SignOn.Domain;
using Plenum.SignOn.SecondFactors;

namespace Plenum.SignOn.SigningIn;

/// <summary>Signing in with a browser. Public by nature: whoever proves to be someone gets a session.</summary>
public sealed class SignInService(
    PlenumDb db, SignInLimiter limiter, PasswordVault vault, SecondFactorService factors, SecondFactorTicket tickets, SignInLog log, TimeProvider clock)
{
    /// <summary>Checks name and password. Takes the same time for names that do not exist: one query, one hash, no write.</summary>
    /// <param name="login">Sign-in name or confirmed mail address.</param>
    public async Task<SignInStep> WithPasswordAsync(string login, string password, Visitor visitor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        var typed = login.Trim().ToLowerInvariant();
        var (account, credentials) = await FindAsync(typed, cancellation);
        var (counted, device) = (account?.Login ?? typed, visitor.DeviceOf(account?.Id)); // A name and its address are one account to the limiter.
        if (limiter.Check(counted, visitor.Address, device: device) is { } wait)
        {
            Note(account, SignInOutcome.Limited, visitor);
            return new SignInStep.Wait(wait);
        }

        var verdict = vault.Verify(credentials?.PasswordHash, password);
        if (verdict == PasswordVerificationResult.Failed || account is null)
        {
            limiter.Failed(counted, visitor.Address, device: device);
            Note(account, SignInOutcome.WrongSecret, visitor);
            return new SignInStep.Refused();
        }

        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
        {
            credentials!.SetPassword(vault.Hash(password), clock.GetUtcNow().UtcDateTime);
        }

        return account.State switch
        {
            AccountState.Unconfirmed => new SignInStep.Unconfirmed(account),
            not AccountState.Active => new SignInStep.Refused(),
            _ when credentials!.HasTotp => new SignInStep.SecondFactor(tickets.Seal(account.Id)),
            _ => await BeginAsync(account, SignInMethod.Password, visitor, cancellation),
        };
    }

    /// <summary>Checks the code of the authenticator app, or a recovery code, after the password.</summary>
    public async Task<SignInStep> WithSecondFactorAsync(string ticket, string code, Visitor visitor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        if (!tickets.TryOpen(ticket, out var id) || await db.Set<Account>().FindAsync([id], cancellation) is not { CanSignIn: true } account)
        {
            return new SignInStep.Refused();
        }

        if (limiter.Check(account.Login, visitor.Address, device: visitor.DeviceOf(account.Id)) is { } wait)
        {
            return new SignInStep.Wait(wait);
        }

        if (await factors.TryUseAsync(account.Id, code, cancellation) is { } method)
        {
            return await BeginAsync(account, method, visitor, cancellation);
        }

        limiter.Failed(account.Login, visitor.Address, device: visitor.DeviceOf(account.Id));
        Note(account, SignInOutcome.WrongSecondFactor, visitor);
        return new SignInStep.Refused();
    }

    /// <summary>Opens a session for someone whose identity is proven by other means (a passkey, a mail link).</summary>
    public async Task<SignInStep> BeginAsync(Account account, SignInMethod method, Visitor visitor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(visitor);
        if (!account.CanSignIn)
        {
            return new SignInStep.Refused();
        }

        limiter.Succeeded(account.Login, visitor.Address, visitor.DeviceOf(account.Id));
        await log.AddSuccessAsync(account, method, visitor, cancellation);
        var session = new Session(account.Id, visitor.Address.ToString(), visitor.UserAgent, method, clock.GetUtcNow().UtcDateTime);
        db.Add(session);
        await db.SaveChangesAsync(cancellation);
        return new SignInStep.Done(session);
    }

    private async Task<(Account? Account, Credentials? Credentials)> FindAsync(string typed, CancellationToken cancellation)
    {
        var accounts = db.Set<Account>();
        var wanted = typed.Contains('@', StringComparison.Ordinal) ? accounts.Where(a => a.Email == typed) : accounts.Where(a => a.Login == typed);
        var found = await (from account in wanted
                           join held in db.Set<Credentials>() on account.Id equals held.AccountId into all
                           from credentials in all.DefaultIfEmpty()
                           select new { account, credentials }).SingleOrDefaultAsync(cancellation);
        return (found?.account, found?.credentials);
    }

    private void Note(Account? account, SignInOutcome outcome, Visitor visitor)
    {
        if (account is not null)
        {
            log.NoteFailure(account.Id, outcome, visitor);
        }
    }
}
