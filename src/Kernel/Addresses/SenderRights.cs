using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;

namespace Plenum.Kernel.Addresses;

/// <summary>Whose address it is: a person writes as itself and as the offices it holds now, never as anyone else.</summary>
public sealed class SenderRights(PlenumDb db, Access access, ViewerSource viewers, TimeProvider clock)
{
    /// <summary>May the account write with this sender address?</summary>
    public async ValueTask<bool> MaySendAsAsync(AccountId account, MailAddress address, CancellationToken cancellation)
    {
        var tree = await access.TreeAsync(cancellation);
        if (!tree.MailDomains.Contains(address.Domain))
        {
            return false;
        }

        var viewer = await viewers.ForAsync(account, cancellation);
        return viewer.IsSignedIn
            && ((address.Domain == tree.Root?.MailDomain && address.BaseLocalPart == viewer.Login)
                || await IsOfficeAsync(viewer, address, tree, cancellation));
    }

    /// <summary>Every address the account may write as, its own first.</summary>
    public async ValueTask<IReadOnlyList<MailAddress>> AddressesAsync(AccountId account, CancellationToken cancellation)
    {
        var tree = await access.TreeAsync(cancellation);
        var viewer = await viewers.ForAsync(account, cancellation);
        var own = MailAddress.TryParse($"{viewer.Login}@{tree.Root?.MailDomain}", out var address) ? [address] : Array.Empty<MailAddress>();
        return [.. own, .. (await OfficesAsync(viewer, cancellation)).Select(o => AddressOf(o, tree)).OfType<MailAddress>()];
    }

    /// <summary>
    /// Who holds the office with this address now; empty if no office has it or it is vacant. The address of a unit that went into another
    /// reaches the other's office of that name, or else its first.
    /// </summary>
    public async ValueTask<IReadOnlyList<AccountId>> HoldersAsync(MailAddress address, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var tree = await access.TreeAsync(cancellation);
        var local = address.BaseLocalPart;
        var named = await db.Set<Office>().AsNoTracking().Include(o => o.Terms).Where(o => o.MailLocalPart == local).ToListAsync(cancellation);
        var ours = named.FindAll(o => AddressOf(o, tree)?.Domain == address.Domain);
        var offices = ours.FindAll(o => o.AbolishedAt is null);
        if (offices is [] && ours.Select(o => tree.Find(o.UnitId)).FirstOrDefault(u => u?.MergedInto is not null) is { } merged)
        {
            var heir = tree.Successor(merged).Id;
            var theirs = await db.Set<Office>().AsNoTracking().Include(o => o.Terms).Where(o => o.UnitId == heir && o.AbolishedAt == null && o.MailLocalPart != null)
                .OrderBy(o => o.Order).ToListAsync(cancellation);
            offices = theirs.Find(o => o.MailLocalPart == local) is { } same ? [same] : theirs[..Math.Min(1, theirs.Count)];
        }

        return [.. offices.SelectMany(o => o.Terms).Where(t => t.IsCurrent(now)).Select(t => t.Holder).Distinct()];
    }

    private static MailAddress? AddressOf(Office office, OrgTree tree)
        => office.MailLocalPart is { } local && MailAddress.TryParse($"{local}@{tree.Find(office.UnitId)?.MailDomain}", out var address) ? address : null;

    private async Task<bool> IsOfficeAsync(Viewer viewer, MailAddress address, OrgTree tree, CancellationToken cancellation)
        => (await OfficesAsync(viewer, cancellation)).Exists(o => o.MailLocalPart == address.BaseLocalPart && tree.Find(o.UnitId)?.MailDomain == address.Domain);

    private async Task<List<Office>> OfficesAsync(Viewer viewer, CancellationToken cancellation)
    {
        var held = viewer.Offices.ToArray();
        return await db.Set<Office>().AsNoTracking().Where(o => held.Contains(o.Id) && o.MailLocalPart != null).OrderBy(o => o.Order).ToListAsync(cancellation);
    }
}
