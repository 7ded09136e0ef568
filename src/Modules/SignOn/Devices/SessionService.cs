using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel;
using Plenum.Kernel.Api;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.SignOn.Domain;
using Plenum.SignOn.SigningIn;

namespace Plenum.SignOn.Devices;

/// <summary>Where one is signed in, and signing out there. Everyone rules over their own.</summary>
public sealed class SessionService(PlenumDb db, SessionDirectory directory, AccessTokens tokens, Audit audit, TimeProvider clock)
{
    private const int MaxRecords = 100;
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(30); // Long enough to set up a phone, short enough for a forgotten browser.

    public async Task<IReadOnlyList<Session>> ListAsync(Viewer viewer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var (account, now) = (viewer.SignedInAccount, clock.GetUtcNow().UtcDateTime);
        var open = await db.Set<Session>().AsNoTracking().Where(s => s.AccountId == account && s.EndedAt == null)
            .OrderByDescending(s => s.LastSeenAt).Take(MaxRecords).ToListAsync(cancellation);
        return [.. open.Where(s => s.IsValid(now))];
    }

    public async Task<IReadOnlyList<SignInRecord>> RecordsAsync(Viewer viewer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var account = viewer.SignedInAccount;
        return await db.Set<SignInRecord>().AsNoTracking().Where(r => r.AccountId == account)
            .OrderByDescending(r => r.At).ThenByDescending(r => r.Id).Take(MaxRecords).ToListAsync(cancellation);
    }

    /// <summary>Whether the person signed in a short while ago: what opens the account is changed only then.</summary>
    public async Task<bool> IsFreshAsync(Viewer viewer, Guid? session, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var (account, since) = (viewer.SignedInAccount, clock.GetUtcNow().UtcDateTime - FreshFor);
        return await db.Set<Session>().AnyAsync(s => s.Id == session && s.AccountId == account && s.EndedAt == null && s.CreatedAt > since, cancellation);
    }

    /// <exception cref="RuleException">The sign-in is too long ago.</exception>
    public async Task DemandFreshAsync(Viewer viewer, Guid? session, CancellationToken cancellation)
    {
        if (!await IsFreshAsync(viewer, session, cancellation))
        {
            throw new RuleException("signon.fresh.needed");
        }
    }

    public async Task EndAsync(Viewer viewer, Guid session, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var (account, now) = (viewer.SignedInAccount, clock.GetUtcNow().UtcDateTime);
        await db.Set<Session>().Where(s => s.Id == session && s.AccountId == account && s.EndedAt == null)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), cancellation);
        directory.Forget(account);
    }

    /// <summary>Signs out everywhere: browsers now, other programs within a minute, as app passwords and access tokens are revoked too.</summary>
    public async Task EndEverywhereAsync(Viewer viewer, Guid? keepSession, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        await EndEverywhereOfAsync(viewer.SignedInAccount, keepSession, cancellation);
        audit.Record(db, viewer.Account, "signon.end-everywhere", $"account:{viewer.Account}");
        await db.SaveChangesAsync(cancellation);
    }

    internal async Task EndEverywhereOfAsync(AccountId account, Guid? keepSession, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Set<AppPassword>().Where(p => p.AccountId == account && p.RevokedAt == null)
            .ExecuteUpdateAsync(p => p.SetProperty(x => x.RevokedAt, now), cancellation);
        await tokens.RevokeAllAsync(account, cancellation);
        await EndAllAsync(account, keepSession, cancellation);
    }

    internal async Task EndAllAsync(AccountId account, Guid? keepSession, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await db.Set<Session>().Where(s => s.AccountId == account && s.EndedAt == null && s.Id != keepSession)
            .ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, now), cancellation);
        directory.Forget(account);
    }
}
