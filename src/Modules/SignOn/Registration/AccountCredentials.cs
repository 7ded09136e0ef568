using System.Net;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Contracts.SignOn;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.SignOn.Devices;
using Plenum.SignOn.Domain;
using Plenum.SignOn.SigningIn;
using Plenum.SignOn.Web;

namespace Plenum.SignOn.Registration;

/// <summary>What the administration of accounts may do with credentials. The callers have checked the permission.</summary>
internal sealed class AccountCredentials(
    PlenumDb db, CredentialStore store, PasswordService passwords, SessionService sessions, InvitationService invitations, SignInService signIn, TimeProvider clock)
    : IAccountCredentials
{
    public async ValueTask<CredentialOverview> OverviewAsync(AccountId account, CancellationToken cancellation)
    {
        var credentials = await store.OfAsync(account, cancellation);
        return new()
        {
            HasPassword = credentials.PasswordHash is not null,
            HasAuthenticator = credentials.HasTotp,
            Passkeys = await db.Set<Passkey>().CountAsync(p => p.AccountId == account, cancellation),
            AppPasswords = await db.Set<AppPassword>().CountAsync(p => p.AccountId == account && p.RevokedAt == null, cancellation),
        };
    }

    public async ValueTask SetPasswordAsync(AccountId account, string password, CancellationToken cancellation)
    {
        var owner = await db.Set<Account>().FindAsync([account], cancellation) ?? throw new InvalidOperationException($"No account {account}.");
        await passwords.SetAsync(owner, password, keepSession: null, cancellation);
    }

    public async ValueTask ResetSecondFactorAsync(AccountId account, CancellationToken cancellation)
    {
        (await store.OfAsync(account, cancellation)).RemoveTotp();
        await db.Set<RecoveryCode>().Where(c => c.AccountId == account).ExecuteDeleteAsync(cancellation);
        await sessions.EndAllAsync(account, keepSession: null, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    public async ValueTask SignOutEverywhereAsync(AccountId account, CancellationToken cancellation)
        => await sessions.EndEverywhereOfAsync(account, keepSession: null, cancellation);

    public async ValueTask<IReadOnlyList<OpenSession>> SessionsAsync(AccountId account, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var open = await db.Set<Session>().AsNoTracking().Where(s => s.AccountId == account && s.EndedAt == null)
            .OrderByDescending(s => s.LastSeenAt).Take(100).ToListAsync(cancellation);
        return [.. open.Where(s => s.IsValid(now)).Select(s => new OpenSession(s.Id, Browser.Of(s.UserAgent), s.Address, s.CreatedAt, s.LastSeenAt))];
    }

    public async ValueTask InviteAsync(AccountId inviter, string email, CancellationToken cancellation)
    {
        var name = await db.Set<Account>().Where(a => a.Id == inviter).Select(a => a.DisplayName).SingleAsync(cancellation);
        await invitations.SendAsync(inviter, name, email, cancellation);
    }

    public async ValueTask<ClaimsPrincipal?> OpenSessionAsync(AccountId account, IPAddress client, string userAgent, CancellationToken cancellation)
    {
        var owner = await db.Set<Account>().FindAsync([account], cancellation) ?? throw new InvalidOperationException($"No account {account}.");
        var step = await signIn.BeginAsync(owner, SignInMethod.SetUpLink, new(client, userAgent.Length <= 300 ? userAgent : userAgent[..300]), cancellation);
        return step is SignInStep.Done done ? SignOnCookie.PrincipalOf(done.Session) : null;
    }
}
