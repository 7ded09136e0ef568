using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;

namespace Plenum.SignOn.Registration;

/// <summary>What a person says of itself. Everyone rules over their own.</summary>
public sealed class ProfileService(PlenumDb db)
{
    public Task<Account> OwnAsync(Viewer viewer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var id = viewer.SignedInAccount;
        return db.Set<Account>().SingleAsync(a => a.Id == id, cancellation);
    }

    /// <exception cref="Kernel.RuleException">The name is empty or too long.</exception>
    public async Task SaveAsync(Viewer viewer, string displayName, string about, string? language, string? timeZone, string? theme, CancellationToken cancellation)
    {
        var account = await OwnAsync(viewer, cancellation);
        account.CallMe(displayName);
        account.Describe(about);
        account.Prefer(language, timeZone, theme);
        await db.SaveChangesAsync(cancellation);
    }
}
