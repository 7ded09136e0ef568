using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Api;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Web;

namespace Plenum.Operations.Api;

internal sealed record AccountResource(Guid Id, string Login, string Name, string? Email, AccountKind Kind, AccountState State, DateTime CreatedAt);

/// <param name="Email">Null for a service account.</param>
internal sealed record AccountWanted(string Login, string Name, string? Email, AccountKind Kind);

/// <summary>Whose token it is and what it may do.</summary>
internal sealed record MeResource(Guid Id, string Login, string Name, IReadOnlyList<Guid> MemberOf, IReadOnlyList<Guid> Offices, IReadOnlyList<string> TokenPermissions, Guid? TokenUnit);

/// <summary>Accounts for the administration, and the caller itself.</summary>
internal static class AccountsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("me", Me).WithTags("Accounts").WithSummary("The account the token belongs to, and what the token may do.");
        var accounts = api.MapGroup("accounts").WithTags("Accounts");
        accounts.MapGet("", ListAsync).WithSummary("Accounts by sign-in name. Needs accounts.view on the whole house.");
        accounts.MapGet("{id:guid}", FindAsync).WithSummary("One account. Needs accounts.view.");
        accounts.MapPost("", AddAsync).WithSummary("Make an account whose mail address is vouched for. Needs accounts.edit.");
        accounts.MapPost("{id:guid}/suspend", (Guid id, HttpContext http, CurrentViewer me, AccountService service) => DoAsync(service.SuspendAsync(me.Viewer, AccountId.From(id), http.RequestAborted)))
            .WithSummary("Bar an account for a time. Needs accounts.edit.");
        accounts.MapPost("{id:guid}/reinstate", (Guid id, HttpContext http, CurrentViewer me, AccountService service) => DoAsync(service.ReinstateAsync(me.Viewer, AccountId.From(id), http.RequestAborted)))
            .WithSummary("Let a suspended account in again. Needs accounts.edit.");
        accounts.MapPost("{id:guid}/close", (Guid id, HttpContext http, CurrentViewer me, AccountService service) => DoAsync(service.CloseAsync(me.Viewer, AccountId.From(id), http.RequestAborted)))
            .WithSummary("End an account for good. Needs accounts.edit.");
    }

    private static MeResource Me(CurrentViewer current)
    {
        var viewer = current.Viewer;
        return new(
            viewer.SignedInAccount.Value, viewer.Login, viewer.DisplayName, [.. viewer.MemberOf.Select(u => u.Value)], [.. viewer.Offices.Select(o => o.Value)],
            [.. viewer.Scope?.Permissions.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>()], viewer.Scope?.Unit?.Value);
    }

    private static async Task<Page<AccountResource>> ListAsync(
        [AsParameters] PageRequest page,
        [Description("Part of the sign-in name, the name or the mail address.")] string? q,
        AccountKind? kind, AccountState? state, HttpContext http, CurrentViewer current, AccountService accounts)
    {
        var found = await accounts.ListAsync(current.Viewer, new(q, kind, state, page.Cursor<string>()), page.Take, http.RequestAborted);
        return page.Of(http, found, a => a.Login, Resource);
    }

    private static async Task<Results<Ok<AccountResource>, NotFound>> FindAsync(Guid id, HttpContext http, CurrentViewer current, Access access, PlenumDb db)
    {
        await access.DemandAsync(current.Viewer, KernelPermissions.ViewAccounts, http.RequestAborted);
        var account = AccountId.From(id);
        return await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == account, http.RequestAborted) is { } found ? TypedResults.Ok(Resource(found)) : TypedResults.NotFound();
    }

    private static async Task<Created<AccountResource>> AddAsync(AccountWanted wanted, HttpContext http, CurrentViewer current, AccountService accounts, PlenumDb db)
    {
        var id = await accounts.AddAsync(current.Viewer, wanted.Login ?? "", wanted.Name ?? "", wanted.Email, wanted.Kind, http.RequestAborted);
        return TypedResults.Created($"/api/v1/accounts/{id}", Resource(await db.Set<Account>().AsNoTracking().SingleAsync(a => a.Id == id, http.RequestAborted)));
    }

    private static async Task<NoContent> DoAsync(Task step)
    {
        await step;
        return TypedResults.NoContent();
    }

    private static AccountResource Resource(Account account) => new(account.Id.Value, account.Login, account.DisplayName, account.Email, account.Kind, account.State, account.CreatedAt);
}
