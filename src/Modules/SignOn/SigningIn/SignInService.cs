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
    private const string Door = "web";

    /// <summary>Checks name and password. Takes the same time for names that do not exist.</summary>
    /// <param name="login">Sign-in name or confirmed mail address.</param>
    public async Task<SignInStep> WithPasswordAsync(string login, string password, Visitor visitor, CancellationToken cancellation)
    {
        var typed = login.Trim().ToLowerInvariant();
        var account = await FindAsync(typed, cancellation);
        if (limiter.Check(typed, visitor.Address) is { } wait)
        {
            await NoteAsync(account, SignInOutcome.Limited, visitor, cancellation);
            return new SignInStep.Wait(wait);
        }

        var credentials = account is null ? null : await db.Set<Credentials>().FindAsync([account.Id], cancellation);
        var verdict = vault.Verify(credentials?.PasswordHash, password);
        if (verdict == PasswordVerificationResult.Failed || account is null)
        {
            limiter.Failed(typed, visitor.Address);
            await NoteAsync(account, SignInOutcome.WrongSecret, visitor, cancellation);
            return new SignInStep.Refused();
        }

        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
        {
            credentials!.SetPassword(vault.Hash(password), clock.GetUtcNow().UtcDateTime);
        }

        return account.State switch
        {
            AccountState.Unconfirmed => new SignInStep.Unconfirmed(),
            not AccountState.Active => new SignInStep.Refused(),
            _ when credentials!.HasTotp => new SignInStep.SecondFactor(tickets.Seal(account.Id)),
            _ => await BeginAsync(account, SignInMethod.Password, visitor, cancellation),
        };
    }

    /// <summary>Checks the code of the authenticator app, or a recovery code, after the password.</summary>
    public async Task<SignInStep> WithSecondFactorAsync(string ticket, string code, Visitor visitor, CancellationToken cancellation)
    {
        if (!tickets.TryOpen(ticket, out var id) || await db.Set<Account>().FindAsync([id], cancellation) is not { CanSignIn: true } account)
        {
            return new SignInStep.Refused();
        }

        if (limiter.Check(account.Login, visitor.Address) is { } wait)
        {
            return new SignInStep.Wait(wait);
        }

        if (await factors.TryUseAsync(account.Id, code, cancellation) is { } method)
        {
            return await BeginAsync(account, method, visitor, cancellation);
        }

        limiter.Failed(account.Login, visitor.Address);
        await NoteAsync(account, SignInOutcome.WrongSecondFactor, visitor, cancellation);
        return new SignInStep.Refused();
    }

    /// <summary>Opens a session for someone whose identity is proven by other means (a passkey, a mail link with its second factor).</summary>
    public async Task<SignInStep> BeginAsync(Account account, SignInMethod method, Visitor visitor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(account);
        if (!account.CanSignIn)
        {
            return new SignInStep.Refused();
        }

        limiter.Succeeded(account.Login, visitor.Address);
        await log.WarnIfNewAsync(account, visitor, cancellation);
        log.Add(account.Id, Door, method, SignInOutcome.Succeeded, visitor);
        var session = new Session(account.Id, visitor.Address.ToString(), visitor.UserAgent, method, clock.GetUtcNow().UtcDateTime);
        db.Add(session);
        await db.SaveChangesAsync(cancellation);
        return new SignInStep.Done(session);
    }

    private Task<Account?> FindAsync(string typed, CancellationToken cancellation)
        => typed.Contains('@', StringComparison.Ordinal)
            ? db.Set<Account>().SingleOrDefaultAsync(a => a.Email == typed, cancellation)
            : db.Set<Account>().SingleOrDefaultAsync(a => a.Login == typed, cancellation);

    private async Task NoteAsync(Account? account, SignInOutcome outcome, Visitor visitor, CancellationToken cancellation)
    {
        if (account is not null)
        {
            log.Add(account.Id, Door, SignInMethod.Password, outcome, visitor);
            await db.SaveChangesAsync(cancellation);
        }
    }
}
