using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;

namespace Plenum.Operations.Setup;

/// <summary>Whether a set-up is still to be done, and the link for it.</summary>
public sealed class SetupLinks(PlenumDb db, TimeProvider clock)
{
    /// <summary>A new secret for the console, as long as the set-up is not done. The one before stops working.</summary>
    /// <returns>Null if the organisation exists and its first administrator can sign in.</returns>
    public async Task<string?> OfferAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var link = await FindAsync(cancellation);
        if (link is { IsOpen: false } || (link is null && await HasOrganisationAsync(cancellation)))
        {
            return null; // Done, or made by other means: the demo, an import, a restore.
        }

        string secret;
        if (link is null)
        {
            db.Add(SetupLink.Create(out secret, now));
        }
        else
        {
            secret = link.Renew(now);
        }

        await db.SaveChangesAsync(cancellation);
        return secret;
    }

    internal Task<SetupLink?> FindAsync(CancellationToken cancellation) => db.Set<SetupLink>().SingleOrDefaultAsync(l => l.Id == SetupLink.OnlyId, cancellation);

    internal Task<bool> HasOrganisationAsync(CancellationToken cancellation) => db.Set<OrgUnit>().AnyAsync(cancellation);
}
