using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.SignOn.Domain;

namespace Plenum.SignOn.SecondFactors;

/// <summary>Lets the passkey code of ASP.NET Core Identity find accounts and passkeys in our tables. Nothing else of Identity is used.</summary>
internal sealed class PasskeyStore(PlenumDb db, TimeProvider clock) : IUserPasskeyStore<Account>
{
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Login);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Login);

    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken)
        => AccountId.TryParse(userId, null, out var id) ? await db.Set<Account>().FindAsync([id], cancellationToken) : null;

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        var login = normalizedUserName.ToLowerInvariant();
        return db.Set<Account>().SingleOrDefaultAsync(a => a.Login == login, cancellationToken);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken)
        => [.. (await db.Set<Passkey>().AsNoTracking().Where(p => p.AccountId == user.Id).ToListAsync(cancellationToken)).Select(Read)];

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
        => await db.Set<Passkey>().Where(p => p.CredentialId == credentialId).Select(p => (AccountId?)p.AccountId).SingleOrDefaultAsync(cancellationToken) is { } id
            ? await db.Set<Account>().FindAsync([id], cancellationToken)
            : null;

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken)
        => await db.Set<Passkey>().AsNoTracking().SingleOrDefaultAsync(p => p.AccountId == user.Id && p.CredentialId == credentialId, cancellationToken) is { } known
            ? Read(known)
            : null;

    public async Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var known = await db.Set<Passkey>().SingleOrDefaultAsync(p => p.CredentialId == passkey.CredentialId, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        if (known is null)
        {
            db.Add(new Passkey
            {
                Id = Guid.CreateVersion7(),
                AccountId = user.Id,
                CredentialId = passkey.CredentialId,
                PublicKey = passkey.PublicKey,
                Name = passkey.Name ?? "",
                Transports = string.Join(' ', passkey.Transports ?? []),
                SignCount = passkey.SignCount,
                IsUserVerified = passkey.IsUserVerified,
                IsBackupEligible = passkey.IsBackupEligible,
                IsBackedUp = passkey.IsBackedUp,
                AttestationObject = passkey.AttestationObject,
                ClientDataJson = passkey.ClientDataJson,
                CreatedAt = now,
            });
        }
        else
        {
            (known.SignCount, known.IsUserVerified, known.IsBackedUp, known.LastUsedAt) = (passkey.SignCount, passkey.IsUserVerified, passkey.IsBackedUp, now);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    public async Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken)
        => await db.Set<Passkey>().Where(p => p.AccountId == user.Id && p.CredentialId == credentialId).ExecuteDeleteAsync(cancellationToken);

    // Accounts are made and changed by the kernel and the registration, never through Identity.
    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose()
    {
        // The context belongs to the scope.
    }

    private static UserPasskeyInfo Read(Passkey p)
        => new(p.CredentialId, p.PublicKey, p.CreatedAt, p.SignCount, p.Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries), p.IsUserVerified, p.IsBackupEligible, p.IsBackedUp, p.AttestationObject, p.ClientDataJson)
        {
            Name = p.Name,
        };
}
