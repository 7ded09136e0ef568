using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;

namespace Plenum.Kernel.Api;

/// <summary>A person's access tokens. Everyone rules over their own, and only in person: a token makes no tokens.</summary>
public sealed class AccessTokens(PlenumDb db, TokenDirectory directory, Access access, RoleCatalog catalog, Audit.Audit audit, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Tokens not revoked, the newest first; expired ones too.</summary>
    public async Task<IReadOnlyList<AccessToken>> ListAsync(Viewer viewer, CancellationToken cancellation)
    {
        var account = OwnerOf(viewer);
        return await db.Set<AccessToken>().AsNoTracking().Where(t => t.AccountId == account && t.RevokedAt == null).OrderByDescending(t => t.CreatedAt).ToListAsync(cancellation);
    }

    /// <returns>The secret, to be shown once.</returns>
    /// <exception cref="RuleException">There are too many, the name is empty, or a permission or unit unknown.</exception>
    public async Task<string> CreateAsync(Viewer viewer, NewToken wanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        var account = OwnerOf(viewer);
        if (wanted.Permissions.FirstOrDefault(p => !catalog.Permissions.ContainsKey(p)) is { } unknown)
        {
            throw new RuleException("permissions.unknown", unknown);
        }

        if (wanted.Unit is { } unit && (await access.TreeAsync(cancellation)).Find(unit) is null)
        {
            throw new RuleException("units.unknown");
        }

        if (await db.Set<AccessToken>().CountAsync(t => t.AccountId == account && t.RevokedAt == null, cancellation) >= AccessToken.MaxPerAccount)
        {
            throw new RuleException("tokens.too-many", AccessToken.MaxPerAccount);
        }

        var token = new AccessToken(account, wanted, Now, out var secret);
        db.Add(token);
        audit.Record(db, account, "tokens.create", "token:" + token.Id.ToString("N"), token.UnitId, token.Permissions);
        await db.SaveChangesAsync(cancellation);
        return secret;
    }

    public async Task RevokeAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        var account = OwnerOf(viewer);
        if (await db.Set<AccessToken>().SingleOrDefaultAsync(t => t.Id == id && t.AccountId == account, cancellation) is { RevokedAt: null } token)
        {
            token.Revoke(Now);
            audit.Record(db, account, "tokens.revoke", "token:" + token.Id.ToString("N"), token.UnitId);
            await db.SaveChangesAsync(cancellation);
            directory.Forget(token.Hash);
        }
    }

    /// <summary>Part of signing out everywhere; the caller has checked whose account it is.</summary>
    public async Task RevokeAllAsync(AccountId account, CancellationToken cancellation)
    {
        var now = Now;
        var hashes = await db.Set<AccessToken>().Where(t => t.AccountId == account && t.RevokedAt == null).Select(t => t.Hash).ToListAsync(cancellation);
        await db.Set<AccessToken>().Where(t => t.AccountId == account && t.RevokedAt == null).ExecuteUpdateAsync(t => t.SetProperty(x => x.RevokedAt, now), cancellation);
        hashes.ForEach(directory.Forget);
    }

    private static AccountId OwnerOf(Viewer viewer)
        => viewer is { Scope: null, Account: { } account } ? account : throw new DeniedException("signed-in", null);
}
