using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;
using Plenum.SignOn.Domain;

namespace Plenum.SignOn.SigningIn;

/// <summary>Whether a cookie's session still holds. Remembers the answer for a short time, so a page costs no query.</summary>
public sealed class SessionDirectory(IDbContextFactory<PlenumDb> contexts, TimeProvider clock)
{
    private static readonly TimeSpan Remember = TimeSpan.FromSeconds(20); // "Everywhere within 60 s", with room for a slow node.
    private static readonly TimeSpan SeenGrain = TimeSpan.FromMinutes(10); // How exact "last seen" is; saves a write per page.
    private const int MaxRemembered = 100_000;
    private readonly ConcurrentDictionary<Guid, (AccountId Account, bool IsValid, DateTime Until)> _known = new();

    public async ValueTask<bool> IsValidAsync(Guid session, AccountId account, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        if (_known.TryGetValue(session, out var known) && now < known.Until)
        {
            return known.IsValid && known.Account == account;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var row = await db.Set<Session>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == session, cancellation);
        var isValid = row?.IsValid(now) == true;
        if (isValid && now - row!.LastSeenAt > SeenGrain)
        {
            await db.Set<Session>().Where(s => s.Id == session).ExecuteUpdateAsync(s => s.SetProperty(x => x.LastSeenAt, now), cancellation);
        }

        if (_known.Count > MaxRemembered)
        {
            _known.Clear();
        }

        _known[session] = (row?.AccountId ?? default, isValid, now + Remember);
        return isValid && row!.AccountId == account;
    }

    /// <summary>Sessions ended on this node are out at once.</summary>
    public void Forget(AccountId account)
    {
        foreach (var (id, known) in _known)
        {
            if (known.Account == account)
            {
                _known.TryRemove(id, out _);
            }
        }
    }
}
