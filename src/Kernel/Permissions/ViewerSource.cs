using System.Collections.Concurrent;
using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Snapshots;

namespace Plenum.Kernel.Permissions;

/// <summary>Builds viewers and keeps them until something they depend on changes.</summary>
public sealed class ViewerSource(IDbContextFactory<PlenumDb> contexts, Access access, StampWatch watch, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30); // Terms of office begin and end by the clock alone.
    private const int MaxHeld = 20_000; // About 20 MB; beyond it all are forgotten and built anew.
    private readonly ConcurrentDictionary<AccountId, Held> _held = new();

    public async ValueTask<Viewer> GuestAsync(CancellationToken cancellation)
        => Viewer.Guest((await access.TableAsync(cancellation)).AudiencesOf([AudienceToken.Public]));

    /// <summary>The viewer of an account that may sign in; else a guest.</summary>
    public async ValueTask<Viewer> ForAsync(AccountId account, CancellationToken cancellation)
    {
        var stamps = (watch.Current(Stamp.Accounts), watch.Current(Stamp.Organisation), watch.Current(Stamp.Permissions));
        if (_held.TryGetValue(account, out var held) && held.Stamps == stamps && clock.GetElapsedTime(held.Built) < Lifetime)
        {
            return held.Viewer;
        }

        var built = clock.GetTimestamp(); // Not the time of day: that may jump.
        var viewer = await BuildAsync(account, clock.GetUtcNow().UtcDateTime, cancellation);
        if (_held.Count >= MaxHeld)
        {
            _held.Clear();
        }

        _held[account] = new(viewer, stamps, built);
        return viewer;
    }

    private async Task<Viewer> BuildAsync(AccountId id, DateTime now, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        var account = await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellation);
        if (account is not { CanSignIn: true })
        {
            return await GuestAsync(cancellation);
        }

        var units = await db.Set<MembershipFact>().Where(m => m.AccountId == id).Select(m => m.UnitId).ToListAsync(cancellation);
        var offices = await db.Set<Office>()
            .Where(o => o.AbolishedAt == null && o.Terms.Any(t => t.Holder == id && t.From <= now && (t.Until == null || t.Until > now)))
            .Select(o => o.Id).ToListAsync(cancellation);
        var groups = await db.Set<Group>().Where(g => g.Members.Any(m => m.AccountId == id)).Select(g => g.Id).ToListAsync(cancellation);
        var tree = await access.TreeAsync(cancellation);
        var nodes = units.Select(tree.Find).OfType<UnitNode>().OrderByDescending(u => u.Depth).ToList();
        var tokens = ((string[])[AudienceToken.Public, AudienceToken.SignedIn, AudienceToken.Account(id)])
            .Concat(nodes.SelectMany(u => u.SelfAndAncestors()).SelectMany(u => tree.MergedInto(u).Prepend(u)).Select(u => AudienceToken.Member(u.Id)))
            .Concat(offices.Select(AudienceToken.Holder))
            .Concat(groups.Select(AudienceToken.Group))
            .ToFrozenSet(StringComparer.Ordinal);
        return new()
        {
            Account = id,
            Login = account.Login,
            DisplayName = account.DisplayName,
            Language = account.Language,
            TimeZone = account.TimeZone,
            Theme = account.Theme,
            Tokens = tokens,
            Audiences = (await access.TableAsync(cancellation)).AudiencesOf(tokens),
            MemberOf = [.. nodes.Select(u => u.Id)],
            Offices = [.. offices],
        };
    }

    private sealed record Held(Viewer Viewer, (Guid Accounts, Guid Organisation, Guid Permissions) Stamps, long Built);
}
