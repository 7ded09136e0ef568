using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;

namespace Plenum.Kernel.Organisation;

/// <summary>What a new unit is.</summary>
/// <param name="Slug">Last part of its path; null: made from the name.</param>
public sealed record NewUnit(OrgUnitKind Kind, string Name, OrgUnitId Parent, string? Slug = null, string? ExternalKey = null);

/// <summary>What a unit says of itself.</summary>
/// <param name="MailDomain">Domain of its mail addresses; null to use its parent's.</param>
/// <param name="Languages">First one first, e.g. "de en".</param>
public sealed record UnitDescription(
    OrgUnitKind Kind, string Description, string ContactAddress, bool IsPrivate, string? MailDomain, string? WebDomain, string Languages);

/// <summary>Founds, describes, renames and moves units. Every old path goes on leading to its unit.</summary>
public sealed class UnitService(PlenumDb db, Access access, Audit.Audit audit, Outbox.Outbox outbox, TimeProvider clock)
{
    private readonly UnitPlacement _placement = new(db, outbox);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Makes the topmost unit of an empty house. Open to all, as before it there is nobody who could permit it.</summary>
    /// <exception cref="RuleException">There is an organisation already.</exception>
    public async Task<OrgUnit> FoundAsync(string name, string? mailDomain, string languages, CancellationToken cancellation)
    {
        if (await db.Set<OrgUnit>().AnyAsync(cancellation))
        {
            throw new RuleException("units.founded-already");
        }

        var root = new OrgUnit(OrgUnitKind.Federation, Slug.From(name), name, null, Now);
        root.UseDomains(mailDomain, null, languages);
        db.Add(root);
        audit.Record(db, null, "units.found", Subject(root), root.Id, name);
        await db.SaveChangesAsync(cancellation);
        return root;
    }

    /// <summary>Needs <see cref="KernelPermissions.EditUnits"/> on the parent.</summary>
    /// <exception cref="RuleException">The name, the slug or the place is not possible.</exception>
    public async Task<OrgUnit> CreateAsync(Viewer viewer, NewUnit wanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        await access.DemandAsync(viewer, KernelPermissions.EditUnits, wanted.Parent, cancellation);
        var slug = wanted.Slug is null ? Slug.From(wanted.Name) : Slug.Parse(wanted.Slug);
        var unit = new OrgUnit(wanted.Kind, slug, wanted.Name, await FindAsync(wanted.Parent, cancellation), Now);
        if (wanted.ExternalKey is { } key)
        {
            await RequireFreeKeyAsync(key, cancellation);
            unit.KeepExternalKey(key);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await _placement.RequireFreeAsync(unit, cancellation);
        await _placement.ForgetReusedAsync(unit.Path, cancellation);
        db.Add(unit);
        audit.Record(db, viewer.Account, "units.create", Subject(unit), unit.Id, unit.Path);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return unit;
    }

    /// <summary>Needs <see cref="KernelPermissions.EditUnits"/> on the unit.</summary>
    /// <exception cref="RuleException">A part of the description is not possible, or another unit has the domain.</exception>
    public async Task DescribeAsync(Viewer viewer, OrgUnitId id, UnitDescription wanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        await access.DemandAsync(viewer, KernelPermissions.EditUnits, id, cancellation);
        var unit = await FindAsync(id, cancellation);
        unit.Describe(wanted.Kind, wanted.Description, wanted.ContactAddress, wanted.IsPrivate);
        unit.UseDomains(FoldDomain(wanted.MailDomain), FoldDomain(wanted.WebDomain), FoldLanguages(wanted.Languages));
        if (unit.WebDomain is { } web && await db.Set<OrgUnit>().AnyAsync(u => u.WebDomain == web && u.Id != id, cancellation))
        {
            throw new RuleException("units.web-domain-taken", web);
        }

        audit.Record(db, viewer.Account, "units.describe", Subject(unit), unit.Id, unit.IsPrivate ? "private" : "");
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Gives a unit another name and, if wanted, another address. Needs <see cref="KernelPermissions.EditUnits"/> on the unit.</summary>
    /// <param name="slug">Null keeps the address.</param>
    public async Task RenameAsync(Viewer viewer, OrgUnitId id, string name, string? slug, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.EditUnits, id, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var unit = await FindAsync(id, cancellation);
        var before = $"{unit.Name} ({unit.Path})";
        unit.Rename(name, Slug.Parse(slug ?? unit.Slug));
        if (unit.ParentId is { } parent)
        {
            await _placement.TakePlaceAsync(unit, await FindAsync(parent, cancellation), cancellation);
        }

        audit.Record(db, viewer.Account, "units.rename", Subject(unit), unit.Id, $"{before} -> {unit.Name} ({unit.Path})");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>
    /// Hangs a unit and everything below it elsewhere. Its mail addresses stay. Needs <see cref="KernelPermissions.EditUnits"/> where it
    /// was and where it goes.
    /// </summary>
    /// <exception cref="RuleException">The place lies below the unit itself, is closed, or has such an address already.</exception>
    public async Task MoveAsync(Viewer viewer, OrgUnitId id, OrgUnitId newParent, CancellationToken cancellation)
    {
        var tree = await access.TreeAsync(cancellation);
        await access.DemandAsync(viewer, KernelPermissions.EditUnits, tree.Find(id)?.Parent?.Id ?? id, cancellation);
        await access.DemandAsync(viewer, KernelPermissions.EditUnits, newParent, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var (unit, parent) = (await FindAsync(id, cancellation), await FindAsync(newParent, cancellation));
        var before = unit.Path;
        unit.MoveBelow(parent);
        if (unit.MailDomain is null && tree.Find(id)?.MailDomain is { } old && old != tree.Find(newParent)?.MailDomain)
        {
            unit.UseDomains(old, unit.WebDomain, unit.Languages); // Its offices keep the addresses people wrote down.
        }

        await _placement.TakePlaceAsync(unit, parent, cancellation);
        audit.Record(db, viewer.Account, "units.move", Subject(unit), unit.Id, $"{before} -> {unit.Path}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    internal static string Subject(OrgUnit unit) => "unit:" + unit.Id.Value.ToString("N");

    private async Task<OrgUnit> FindAsync(OrgUnitId id, CancellationToken cancellation)
        => await db.Set<OrgUnit>().SingleOrDefaultAsync(u => u.Id == id, cancellation) ?? throw new RuleException("units.unknown");

    private async Task RequireFreeKeyAsync(string key, CancellationToken cancellation)
    {
        var folded = key.Trim().ToLowerInvariant();
        if (await db.Set<OrgUnit>().AnyAsync(u => u.ExternalKey == folded, cancellation))
        {
            throw new RuleException("units.key-taken", key);
        }
    }

    private static string? FoldDomain(string? text)
        => string.IsNullOrWhiteSpace(text) ? null
            : Addresses.MailAddress.TryFoldDomain(text.Trim(), out var domain) ? domain
            : throw new RuleException("units.domain-invalid", text);

    private static string FoldLanguages(string text)
    {
        var languages = text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(l => l.ToLowerInvariant()).Distinct().ToList();
        return languages.Count is > 0 and <= 10 && languages.TrueForAll(l => l.Length is 2 or 3 && l.All(char.IsAsciiLetterLower))
            ? string.Join(' ', languages)
            : throw new RuleException("units.languages-invalid");
    }
}
