using System.Security.Cryptography;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;
using Plenum.SignOn.Domain;

namespace Plenum.SignOn.SigningIn;

/// <summary>Finds the credentials row of an account, making it where it is missing.</summary>
public sealed class CredentialStore(PlenumDb db)
{
    private const int SaltBytes = 16;

    public async Task<Credentials> OfAsync(AccountId account, CancellationToken cancellation)
    {
        if (await db.Set<Credentials>().FindAsync([account], cancellation) is { } known)
        {
            return known;
        }

        var added = new Credentials(account, RandomNumberGenerator.GetBytes(SaltBytes));
        db.Add(added);
        return added;
    }
}
