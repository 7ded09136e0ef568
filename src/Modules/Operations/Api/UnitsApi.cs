using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Api;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Web;

namespace Plenum.Operations.Api;

/// <summary>A unit as programs see it.</summary>
/// <param name="Path">Slugs from below the root, joined by "/"; empty for the root.</param>
internal sealed record UnitResource(Guid Id, OrgUnitKind Kind, string Name, string Path, Guid? Parent, string? MailDomain, bool IsPrivate, bool IsClosed);

internal sealed record UnitDetails(
    Guid Id, OrgUnitKind Kind, string Name, string Path, Guid? Parent, string Description, string ContactAddress, string Languages, string? MailDomain, string? WebDomain,
    bool IsPrivate, bool IsClosed, IReadOnlyList<OfficeResource> Offices);

/// <param name="Holders">Those in office now.</param>
internal sealed record OfficeResource(Guid Id, string Title, string? Address, IReadOnlyList<HolderResource> Holders);

internal sealed record HolderResource(Guid Account, string Name, DateTime From, DateTime? Until, bool IsActing);

internal sealed record UnitWanted(OrgUnitKind Kind, string Name, Guid Parent, string? Slug);

/// <summary>What is not given stays.</summary>
internal sealed record UnitChange(
    string? Name, string? Slug, Guid? Parent, OrgUnitKind? Kind, string? Description, string? ContactAddress, string? Languages, string? MailDomain, string? WebDomain, bool? IsPrivate);

/// <summary>The tree of units. Reading is public, as the tree is on the web; writing asks the use cases.</summary>
internal static class UnitsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var units = api.MapGroup("units").WithTags("Units");
        units.MapGet("", ListAsync).WithSummary("Units by path, parents before children.");
        units.MapGet("{id:guid}", FindAsync).WithSummary("One unit with its offices.");
        units.MapPost("", CreateAsync).WithSummary("Found a unit. Needs units.edit on the parent.");
        units.MapPatch("{id:guid}", ChangeAsync).WithSummary("Rename, describe or move a unit; what is not given stays. Needs units.edit.");
        units.MapPost("{id:guid}/close", CloseAsync).WithSummary("Close a unit without open units below it. Needs units.edit on the parent.");
    }

    private static async Task<Page<UnitResource>> ListAsync(
        [AsParameters] PageRequest page,
        [Description("Part of the name.")] string? q,
        [Description("Units below this one.")] Guid? below,
        [Description("Only this kind.")] OrgUnitKind? kind,
        HttpContext http, Access access)
    {
        var tree = await access.TreeAsync(http.RequestAborted);
        var top = below is { } id ? tree.Find(OrgUnitId.From(id)) : tree.Root;
        var after = page.Cursor<string>();
        var found = (top?.SelfAndDescendants() ?? [])
            .Where(u => (below is null || u != top) && (kind is null || u.Kind == kind) && (q is null || u.Name.Contains(q, StringComparison.CurrentCultureIgnoreCase)))
            .OrderBy(u => u.Path, StringComparer.Ordinal)
            .SkipWhile(u => after is not null && string.CompareOrdinal(u.Path, after) <= 0)
            .Take(page.Take).ToList();
        return page.Of(http, found, u => u.Path, Resource);
    }

    private static async Task<Results<Ok<UnitDetails>, NotFound>> FindAsync(Guid id, HttpContext http, PlenumDb db, Access access, OfficeService offices)
        => await DetailsAsync(OrgUnitId.From(id), db, access, offices, http.RequestAborted) is { } found ? TypedResults.Ok(found) : TypedResults.NotFound();

    private static async Task<Created<UnitDetails>> CreateAsync(
        UnitWanted wanted, HttpContext http, CurrentViewer current, UnitService units, PlenumDb db, Access access, OfficeService offices)
    {
        var unit = await units.CreateAsync(current.Viewer, new(wanted.Kind, wanted.Name ?? "", OrgUnitId.From(wanted.Parent), wanted.Slug), http.RequestAborted);
        return TypedResults.Created($"/api/v1/units/{unit.Id}", await DetailsAsync(unit.Id, db, access, offices, http.RequestAborted));
    }

    private static async Task<Results<Ok<UnitDetails>, NotFound>> ChangeAsync(
        Guid id, UnitChange change, HttpContext http, CurrentViewer current, UnitService units, PlenumDb db, Access access, OfficeService offices)
    {
        var (unit, stop, viewer) = (OrgUnitId.From(id), http.RequestAborted, current.Viewer);
        if (await db.Set<OrgUnit>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == unit, stop) is not { } known)
        {
            return TypedResults.NotFound();
        }

        if (change.Name is not null || change.Slug is not null)
        {
            await units.RenameAsync(viewer, unit, change.Name ?? known.Name, change.Slug, stop);
        }

        if (change.Parent is { } parent && OrgUnitId.From(parent) != known.ParentId)
        {
            await units.MoveAsync(viewer, unit, OrgUnitId.From(parent), stop);
        }

        if (change is not { Kind: null, Description: null, ContactAddress: null, Languages: null, MailDomain: null, WebDomain: null, IsPrivate: null })
        {
            await units.DescribeAsync(
                viewer,
                unit,
                new(
                    change.Kind ?? known.Kind, change.Description ?? known.Description, change.ContactAddress ?? known.ContactAddress, change.IsPrivate ?? known.IsPrivate,
                    change.MailDomain ?? known.MailDomain, change.WebDomain ?? known.WebDomain, change.Languages ?? known.Languages),
                stop);
        }

        return TypedResults.Ok((await DetailsAsync(unit, db, access, offices, stop))!);
    }

    private static async Task<NoContent> CloseAsync(Guid id, HttpContext http, CurrentViewer current, UnitEndings endings)
    {
        await endings.CloseAsync(current.Viewer, OrgUnitId.From(id), http.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<UnitDetails?> DetailsAsync(OrgUnitId id, PlenumDb db, Access access, OfficeService offices, CancellationToken cancellation)
    {
        if (await db.Set<OrgUnit>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellation) is not { } unit)
        {
            return null;
        }

        var held = await offices.OfAsync(id, includingAbolished: false, cancellation);
        return new(
            unit.Id.Value, unit.Kind, unit.Name, unit.Path, unit.ParentId?.Value, unit.Description, unit.ContactAddress, unit.Languages,
            (await access.TreeAsync(cancellation)).Find(id)?.MailDomain, unit.WebDomain, unit.IsPrivate, unit.IsClosed,
            [.. held.Select(o => new OfficeResource(o.Id.Value, o.Title, o.Address, [.. o.Terms.Where(t => t.IsCurrent).Select(t => new HolderResource(t.Holder.Value, t.HolderName, t.From, t.Until, t.IsActing))]))]);
    }

    private static UnitResource Resource(UnitNode unit) => new(unit.Id.Value, unit.Kind, unit.Name, unit.Path, unit.Parent?.Id.Value, unit.MailDomain, unit.IsPrivate, unit.IsClosed);
}
