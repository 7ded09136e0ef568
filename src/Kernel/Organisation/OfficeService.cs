using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;

namespace Plenum.Kernel.Organisation;

/// <summary>An office with its people, as pages show it.</summary>
public sealed record OfficeView(OfficeId Id, string Title, string? Address, int Order, bool IsAbolished, IReadOnlyList<TermView> Terms);

/// <param name="Until">First instant after the term; null while open-ended.</param>
public sealed record TermView(Guid Id, AccountId Holder, string HolderName, DateTime From, DateTime? Until, bool IsActing, bool IsCurrent);

/// <summary>Makes offices and fills them. Permissions, address and signature follow the office from the first instant of a term to its last.</summary>
public sealed class OfficeService(PlenumDb db, Access access, Audit.Audit audit, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Offices of a unit in their order, terms newest first. Public: who holds an office is for everyone to know.</summary>
    public async Task<IReadOnlyList<OfficeView>> OfAsync(OrgUnitId unit, bool includingAbolished, CancellationToken cancellation)
    {
        var now = Now;
        var domain = (await access.TreeAsync(cancellation)).Find(unit)?.MailDomain;
        var offices = await db.Set<Office>().AsNoTracking().Include(o => o.Terms).Where(o => o.UnitId == unit && (includingAbolished || o.AbolishedAt == null))
            .OrderBy(o => o.Order).ThenBy(o => o.Title).ToListAsync(cancellation);
        var holders = offices.SelectMany(o => o.Terms).Select(t => t.Holder).Distinct().ToList();
        var names = await db.Set<Account>().Where(a => holders.Contains(a.Id)).ToDictionaryAsync(a => a.Id, a => a.DisplayName, cancellation);
        return
        [
            .. offices.Select(o => new OfficeView(
                o.Id,
                o.Title,
                o.MailLocalPart is { } local && domain is not null ? $"{local}@{domain}" : null,
                o.Order,
                o.AbolishedAt is not null,
                [.. o.Terms.OrderByDescending(t => t.From).Select(t => new TermView(t.Id, t.Holder, names[t.Holder], t.From, t.Until, t.IsActing, t.IsCurrent(now)))])),
        ];
    }

    /// <summary>Needs <see cref="KernelPermissions.FillOffices"/> on the unit.</summary>
    /// <exception cref="RuleException">The title is empty, the address no address, or another office of the same domain has it.</exception>
    public async Task<OfficeId> CreateAsync(Viewer viewer, OrgUnitId unit, string title, string? mailLocalPart, int order, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.FillOffices, unit, cancellation);
        var office = new Office(unit, title, mailLocalPart, order);
        await RequireFreeAddressAsync(office, cancellation);
        db.Add(office);
        Record(viewer, office, "offices.create", office.Title);
        await db.SaveChangesAsync(cancellation);
        return office.Id;
    }

    /// <summary>Needs <see cref="KernelPermissions.FillOffices"/> on the unit.</summary>
    public async Task ChangeAsync(Viewer viewer, OfficeId id, string title, string? mailLocalPart, int order, CancellationToken cancellation)
    {
        var office = await FindAsync(viewer, id, cancellation);
        office.Retitle(title, mailLocalPart);
        office.Rank(order);
        await RequireFreeAddressAsync(office, cancellation);
        Record(viewer, office, "offices.change", office.Title);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Begins a term. Needs <see cref="KernelPermissions.FillOffices"/> on the unit.</summary>
    /// <param name="acting">Until someone is elected.</param>
    public async Task FillAsync(Viewer viewer, OfficeId id, AccountId holder, DateTime from, DateTime? until, bool acting, CancellationToken cancellation)
    {
        var office = await FindAsync(viewer, id, cancellation);
        if (office.AbolishedAt is not null)
        {
            throw new RuleException("offices.abolished", office.Title);
        }

        var person = await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == holder, cancellation);
        if (person is not { Kind: AccountKind.Person, State: not AccountState.Closed })
        {
            throw new RuleException("accounts.unknown", holder.Value);
        }

        office.Begin(holder, from, until, acting);
        Record(viewer, office, "offices.fill", $"{office.Title}: {person.Login} {from:yyyy-MM-dd}..{until:yyyy-MM-dd}");
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Ends a term at an instant, now or to come. Needs <see cref="KernelPermissions.FillOffices"/> on the unit.</summary>
    public async Task EndAsync(Viewer viewer, OfficeId id, Guid term, DateTime at, CancellationToken cancellation)
    {
        var office = await FindAsync(viewer, id, cancellation);
        var ending = office.Terms.SingleOrDefault(t => t.Id == term) ?? throw new RuleException("offices.term-unknown");
        ending.End(at);
        Record(viewer, office, "offices.end", $"{office.Title}: {at:yyyy-MM-dd}");
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Ends the office and every term in it. Needs <see cref="KernelPermissions.FillOffices"/> on the unit.</summary>
    public async Task AbolishAsync(Viewer viewer, OfficeId id, CancellationToken cancellation)
    {
        var office = await FindAsync(viewer, id, cancellation);
        office.Abolish(Now);
        Record(viewer, office, "offices.abolish", office.Title);
        await db.SaveChangesAsync(cancellation);
    }

    private async Task<Office> FindAsync(Viewer viewer, OfficeId id, CancellationToken cancellation)
    {
        var office = await db.Set<Office>().Include(o => o.Terms).SingleOrDefaultAsync(o => o.Id == id, cancellation) ?? throw new RuleException("offices.unknown");
        await access.DemandAsync(viewer, KernelPermissions.FillOffices, office.UnitId, cancellation);
        return office;
    }

    private async Task RequireFreeAddressAsync(Office office, CancellationToken cancellation)
    {
        if (office.MailLocalPart is not { } local)
        {
            return;
        }

        var tree = await access.TreeAsync(cancellation);
        var domain = tree.Find(office.UnitId)?.MailDomain;
        if (!Addresses.MailAddress.TryParse($"{local}@{domain ?? "example.org"}", out var address) || address.Detail is not null)
        {
            throw new RuleException("offices.address-invalid", local);
        }

        var others = await db.Set<Office>().AsNoTracking().Where(o => o.MailLocalPart == local && o.Id != office.Id && o.AbolishedAt == null).ToListAsync(cancellation);
        var isLogin = domain == tree.Root?.MailDomain && await db.Set<Account>().AnyAsync(a => a.Login == local, cancellation);
        if (isLogin || others.Exists(o => tree.Find(o.UnitId)?.MailDomain == domain))
        {
            throw new RuleException("offices.address-taken", $"{local}@{domain}");
        }
    }

    private void Record(Viewer viewer, Office office, string action, string details)
        => audit.Record(db, viewer.Account, action, "office:" + office.Id.Value.ToString("N"), office.UnitId, details);
}
