using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.SignOn;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Demo;
using Plenum.SignOn.Domain;
using Plenum.SignOn.SigningIn;

namespace Plenum.SignOn;

/// <summary>Gives everyone in the demo the same password and app password. One hash and one salt serve all: 200 slow hashes would delay the start for nothing.</summary>
internal sealed class DemoCredentials(PlenumDb db, PasswordVault vault, TimeProvider clock) : IDemoSeed
{
    private const string WebPassword = "plenum-demo";
    private const string AppPasswordText = "plenum-demo-app";

    public int Order => 100;

    public async Task SeedAsync(CancellationToken cancellation)
    {
        if (await db.Set<Credentials>().AnyAsync(cancellation))
        {
            return;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var hash = vault.Hash(WebPassword);
        var salt = RandomNumberGenerator.GetBytes(16);
        var verifiers = ScramDerivation.Derive(AppPasswordText, salt);
        foreach (var account in await db.Set<Account>().Select(a => a.Id).ToListAsync(cancellation))
        {
            var credentials = new Credentials(account, salt);
            credentials.SetPassword(hash, now);
            db.Add(credentials);
            db.Add(new AppPassword(account, "Demo", Enum.GetValues<ProtocolDoor>(), verifiers, now));
        }

        await db.SaveChangesAsync(cancellation);
    }
}
