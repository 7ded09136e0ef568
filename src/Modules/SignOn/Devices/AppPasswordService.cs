using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Contracts.SignOn;
using Plenum.Kernel;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.SignOn.Domain;
using Plenum.SignOn.SigningIn;

namespace Plenum.SignOn.Devices;

/// <summary>App passwords: one per device, generated, shown once, revocable. Everyone rules over their own.</summary>
public sealed class AppPasswordService(PlenumDb db, CredentialStore store, Audit audit, TimeProvider clock)
{
    private const string Alphabet = "abcdefghijkmnpqrstuvwxyz23456789"; // 32 letters without l, o, 0, 1: five bits each.
    private const int Length = 25; // 125 bits.

    /// <returns>The password, to be shown once.</returns>
    /// <exception cref="RuleException">The name is empty or too long, no protocol was chosen, or there are too many already.</exception>
    public async Task<string> CreateAsync(Viewer viewer, string name, IReadOnlyCollection<ProtocolDoor> doors, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var account = viewer.SignedInAccount;
        if (await db.Set<AppPassword>().CountAsync(p => p.AccountId == account && p.RevokedAt == null, cancellation) >= AppPassword.MaxPerAccount)
        {
            throw new RuleException("signon.app-password.too-many", AppPassword.MaxPerAccount);
        }

        var password = RandomNumberGenerator.GetString(Alphabet, Length);
        var credentials = await store.OfAsync(account, cancellation);
        var added = new AppPassword(account, name, doors, ScramDerivation.Derive(password, credentials.ScramSalt), clock.GetUtcNow().UtcDateTime);
        db.Add(added);
        audit.Record(db, account, "signon.add-app-password", $"app-password:{added.Id}", details: added.Doors);
        await db.SaveChangesAsync(cancellation);
        return string.Join('-', password.Chunk(5).Select(part => new string(part)));
    }

    public async Task<IReadOnlyList<AppPassword>> ListAsync(Viewer viewer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var account = viewer.SignedInAccount;
        return await db.Set<AppPassword>().AsNoTracking().Where(p => p.AccountId == account && p.RevokedAt == null)
            .OrderByDescending(p => p.CreatedAt).ToListAsync(cancellation);
    }

    public async Task RevokeAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var account = viewer.SignedInAccount;
        var password = await db.Set<AppPassword>().SingleOrDefaultAsync(p => p.Id == id && p.AccountId == account, cancellation);
        if (password is null)
        {
            return;
        }

        password.Revoke(clock.GetUtcNow().UtcDateTime);
        audit.Record(db, account, "signon.revoke-app-password", $"app-password:{id}");
        await db.SaveChangesAsync(cancellation);
    }
}
