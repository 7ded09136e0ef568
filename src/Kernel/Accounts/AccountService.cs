using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;

namespace Plenum.Kernel.Accounts;

/// <summary>What to show of the accounts; null means any.</summary>
/// <param name="Text">Part of the sign-in name, the display name or the mail address.</param>
/// <param name="After">Sign-in name of the last one of the page before.</param>
public sealed record AccountQuery(string? Text = null, AccountKind? Kind = null, AccountState? State = null, string? After = null);

/// <summary>Accounts as the administration sees them and what it may do with them. Permissions are asked on the whole house: accounts belong to no unit.</summary>
public sealed class AccountService(PlenumDb db, Access access, Audit.Audit audit, Outbox.Outbox outbox, TimeProvider clock)
{
    public const int MaxPageSize = 200;

    /// <summary>A page of accounts by sign-in name. Needs <see cref="KernelPermissions.ViewAccounts"/>.</summary>
    public async Task<IReadOnlyList<Account>> ListAsync(Viewer viewer, AccountQuery query, int take, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        await access.DemandAsync(viewer, KernelPermissions.ViewAccounts, cancellation);
        var accounts = db.Set<Account>().AsNoTracking();
        if (query.Text?.Trim() is { Length: > 0 } typed)
        {
            // SQLite lowers ASCII alone, so "öz" would miss "Özlem": names are compared as typed, in small letters and with a capital.
            var text = typed.ToLowerInvariant();
            var capital = char.ToUpperInvariant(text[0]) + text[1..];
            accounts = accounts.Where(a => a.Login.Contains(text) || a.DisplayName.Contains(typed) || a.DisplayName.Contains(text) || a.DisplayName.Contains(capital)
                || (a.Email != null && a.Email.Contains(text)));
        }

        if (query.Kind is { } kind)
        {
            accounts = accounts.Where(a => a.Kind == kind);
        }

        if (query.State is { } state)
        {
            accounts = accounts.Where(a => a.State == state);
        }

        if (query.After is { } after)
        {
            accounts = accounts.Where(a => a.Login.CompareTo(after) > 0);
        }

        return await accounts.OrderBy(a => a.Login).Take(Math.Clamp(take, 1, MaxPageSize)).ToListAsync(cancellation);
    }

    /// <summary>
    /// Makes an account whose mail address the administration vouches for; the person sets a password through "forgot my password".
    /// Needs <see cref="KernelPermissions.EditAccounts"/>.
    /// </summary>
    /// <param name="email">Null for a service account.</param>
    /// <exception cref="RuleException">The name or the address is not possible or taken.</exception>
    public async Task<AccountId> AddAsync(Viewer viewer, string login, string displayName, string? email, AccountKind kind, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.EditAccounts, cancellation);
        var account = new Account(LoginName.Parse(login), displayName, email, kind, clock.GetUtcNow().UtcDateTime);
        if (kind == AccountKind.Person)
        {
            account.ConfirmEmail(Addresses.MailAddress.TryParse(email?.Trim(), out var address) ? address.ToString() : throw new RuleException("accounts.email-invalid", email));
        }

        if (await db.Set<Account>().AnyAsync(a => a.Login == account.Login, cancellation)
            || await db.Set<Organisation.Office>().AnyAsync(o => o.MailLocalPart == account.Login && o.AbolishedAt == null, cancellation))
        {
            throw new RuleException("accounts.login-taken", account.Login);
        }

        if (account.Email is { } mail && await db.Set<Account>().AnyAsync(a => a.Email == mail, cancellation))
        {
            throw new RuleException("accounts.email-taken", mail);
        }

        db.Add(account);
        Record(viewer, account, "accounts.add");
        await db.SaveChangesAsync(cancellation);
        return account.Id;
    }

    /// <summary>Needs <see cref="KernelPermissions.EditAccounts"/>.</summary>
    public Task CallAsync(Viewer viewer, AccountId id, string displayName, CancellationToken cancellation)
        => ChangeAsync(viewer, id, "accounts.call", account => account.CallMe(displayName), cancellation);

    /// <summary>Bars an account for a time; every door closes within a minute. Needs <see cref="KernelPermissions.EditAccounts"/>.</summary>
    public Task SuspendAsync(Viewer viewer, AccountId id, CancellationToken cancellation)
        => ChangeAsync(viewer, id, "accounts.suspend", account => account.Suspend(), cancellation);

    /// <summary>Needs <see cref="KernelPermissions.EditAccounts"/>.</summary>
    public Task ReinstateAsync(Viewer viewer, AccountId id, CancellationToken cancellation)
        => ChangeAsync(viewer, id, "accounts.reinstate", account => account.Reinstate(), cancellation);

    /// <summary>
    /// Ends an account for good: mail address, memberships, groups, grants and terms of office go. Needs <see cref="KernelPermissions.EditAccounts"/>.
    /// </summary>
    /// <exception cref="RuleException">It is the last one that may grant permissions on the whole house.</exception>
    public async Task CloseAsync(Viewer viewer, AccountId id, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.EditAccounts, cancellation);
        var account = await FindAsync(id, cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        await GrantService.RequireAnotherGranterAsync(db, access, [AudienceToken.Account(id)], now, cancellation);
        account.Close();
        var token = AudienceToken.Account(id);
        foreach (var grant in await db.Set<Grant>().Where(g => g.Subject == token && (g.Until == null || g.Until > now)).ToListAsync(cancellation))
        {
            grant.Revoke(now);
        }

        foreach (var office in await db.Set<Organisation.Office>().Include(o => o.Terms).Where(o => o.Terms.Any(t => t.Holder == id && (t.Until == null || t.Until > now))).ToListAsync(cancellation))
        {
            foreach (var term in office.Terms.Where(t => t.Holder == id))
            {
                term.End(now);
            }
        }

        db.RemoveRange(await db.Set<MembershipFact>().Where(m => m.AccountId == id).ToListAsync(cancellation));
        foreach (var group in await db.Set<Group>().Include(g => g.Members).Where(g => g.Members.Any(m => m.AccountId == id)).ToListAsync(cancellation))
        {
            group.Remove(id);
        }

        outbox.Add(db, new AccountClosed(id));
        Record(viewer, account, "accounts.close");
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Finds an account by its sign-in name, for verbs of the command line. Needs <see cref="KernelPermissions.ViewAccounts"/>.</summary>
    /// <exception cref="RuleException">There is none.</exception>
    public async Task<Account> FindAsync(Viewer viewer, string login, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.ViewAccounts, cancellation);
        ArgumentNullException.ThrowIfNull(login);
        var folded = login.Trim().ToLowerInvariant();
        return await db.Set<Account>().AsNoTracking().SingleOrDefaultAsync(a => a.Login == folded, cancellation) ?? throw new RuleException("accounts.unknown", login);
    }

    private async Task ChangeAsync(Viewer viewer, AccountId id, string action, Action<Account> change, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.EditAccounts, cancellation);
        var account = await FindAsync(id, cancellation);
        change(account);
        Record(viewer, account, action);
        await db.SaveChangesAsync(cancellation);
    }

    private async Task<Account> FindAsync(AccountId id, CancellationToken cancellation)
        => await db.Set<Account>().SingleOrDefaultAsync(a => a.Id == id, cancellation) ?? throw new RuleException("accounts.unknown", id.Value);

    private void Record(Viewer viewer, Account account, string action)
        => audit.Record(db, viewer.Account, action, "account:" + account.Id.Value.ToString("N"), null, account.Login);
}
