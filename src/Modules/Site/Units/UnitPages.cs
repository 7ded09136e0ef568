using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Contracts.Site;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;

namespace Plenum.Site.Units;

/// <summary>Gathers what the page of a unit shows. Public: the organisation tells the world who it is; what modules add is filtered by the viewer's audiences.</summary>
public sealed class UnitPages(PlenumDb db, Access access, IEnumerable<INewestThings> newest, IEnumerable<IUnitDoors> doors, TimeProvider clock)
{
    private const int NewestShown = 6;
    private const int SpotlightHolders = 12;

    /// <returns>Null if the unit is gone in the meantime.</returns>
    public async Task<UnitOverview?> FindAsync(UnitNode node, Viewer viewer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(viewer);
        if (await db.Set<OrgUnit>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == node.Id, cancellation) is not { } unit)
        {
            return null;
        }

        return new()
        {
            Node = node,
            Description = unit.Description,
            Contact = unit.ContactAddress,
            Languages = unit.Languages,
            WebDomain = unit.WebDomain,
            Since = unit.CreatedAt,
            Offices = await OfficesAsync(node, cancellation),
            Services = await ServicesAsync(node.Id, viewer, cancellation),
            Newest = await NewestAsync(node, viewer, cancellation),
        };
    }

    /// <summary>Null before the organisation is set up.</summary>
    public async Task<UnitOverview?> FindRootAsync(Viewer viewer, CancellationToken cancellation)
        => (await access.TreeAsync(cancellation)).Root is { } root ? await FindAsync(root, viewer, cancellation) : null;

    private async Task<IReadOnlyList<OfficeLine>> OfficesAsync(UnitNode node, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var offices = await db.Set<Office>().AsNoTracking().Include(o => o.Terms.Where(t => t.From <= now && (t.Until == null || t.Until > now)))
            .Where(o => o.UnitId == node.Id && o.AbolishedAt == null).OrderBy(o => o.Order).ThenBy(o => o.Title).ToListAsync(cancellation);
        var holders = offices.SelectMany(o => o.Terms).Select(t => t.Holder).Distinct().ToArray();
        var people = await db.Set<Account>().AsNoTracking().Where(a => holders.Contains(a.Id) && a.State == AccountState.Active)
            .Select(a => new { a.Id, a.DisplayName, a.Login }).ToDictionaryAsync(a => a.Id, cancellation);
        return
        [
            .. offices.Select(o => new OfficeLine(
                o.Title,
                o.MailLocalPart is { } local && node.MailDomain is { } domain ? $"{local}@{domain}" : null,
                [
                    .. o.Terms.Where(t => people.ContainsKey(t.Holder)).OrderBy(t => t.From).Take(SpotlightHolders)
                        .Select(t => new OfficeHolder(people[t.Holder].DisplayName, people[t.Holder].Login, t.IsActing, t.From, t.Until)),
                ])),
        ];
    }

    private async Task<IReadOnlyList<UnitDoor>> ServicesAsync(OrgUnitId unit, Viewer viewer, CancellationToken cancellation)
    {
        var all = new List<UnitDoor>();
        foreach (var source in doors.OrderBy(s => s.Order))
        {
            all.AddRange(await source.OfAsync(unit, viewer.Audiences, cancellation));
        }

        return all;
    }

    private async Task<IReadOnlyList<NewestSlot>> NewestAsync(UnitNode node, Viewer viewer, CancellationToken cancellation)
    {
        var slots = new List<NewestSlot>();
        foreach (var source in newest.OrderBy(n => n.Kind))
        {
            var things = await source.NewestAsync(node.Id, withBelow: true, viewer.Audiences, NewestShown, cancellation);
            if (things.Count > 0)
            {
                slots.Add(new(source.Kind, source.TitleKey, source.MoreHref(node.Path), things));
            }
        }

        return slots;
    }
}
