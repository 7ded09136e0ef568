using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Limits;
using Plenum.Kernel.Permissions;
using Plenum.SignOn.Devices;

namespace Plenum.SignOn.SigningIn;

/// <summary>Sets and changes passwords. Everyone rules over their own.</summary>
public sealed class PasswordService(
    PlenumDb db, PasswordRules rules, PasswordVault vault, CredentialStore store, SessionService sessions, SignInLimiter limiter, Audit audit, TimeProvider clock)
{
    /// <exception cref="RuleException">The password is too weak for this person.</exception>
    public void CheckFor(Account account, string password)
    {
        ArgumentNullException.ThrowIfNull(account);
        rules.Check(password, [account.Login, .. account.DisplayName.Split(' '), account.Email?.Split('@')[0] ?? ""]);
    }

    /// <summary>Sets the password and ends every other session: whoever knew the old one is out.</summary>
    public async Task SetAsync(Account account, string password, Guid? keepSession, CancellationToken cancellation)
    {
        CheckFor(account, password);
        (await store.OfAsync(account.Id, cancellation)).SetPassword(vault.Hash(password), clock.GetUtcNow().UtcDateTime);
        await sessions.EndAllAsync(account.Id, keepSession, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    /// <exception cref="RuleException">The current password is wrong or was guessed at too often, or the new one is too weak.</exception>
    public async Task ChangeAsync(Viewer viewer, string current, string password, Guid? keepSession, Visitor visitor, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(visitor);
        var device = visitor.DeviceOf(viewer.SignedInAccount);
        if (limiter.Check(viewer.Login, visitor.Address, device: device) is { } wait)
        {
            throw new RuleException("signon.sign-in.wait", (int)Math.Ceiling(wait.TotalMinutes));
        }

        var account = await db.Set<Account>().SingleAsync(a => a.Id == viewer.SignedInAccount, cancellation);
        var hash = (await store.OfAsync(account.Id, cancellation)).PasswordHash;
        if (hash is not null && vault.Verify(hash, current) == PasswordVerificationResult.Failed)
        {
            limiter.Failed(viewer.Login, visitor.Address, device: device);
            throw new RuleException("signon.password.current-wrong");
        }

        audit.Record(db, account.Id, "signon.change-password", $"account:{account.Id}");
        await SetAsync(account, password, keepSession, cancellation);
    }

    /// <summary>Takes as long as setting a password, and sets none: for answers whose time must not tell which way they went.</summary>
    internal void Pretend(string password) => vault.Hash(password);
}
