using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;

namespace Plenum.Kernel.Permissions;

/// <summary>What is to be granted.</summary>
/// <param name="Subject">An audience token: an account, an office, members of a unit, a group, everyone signed in.</param>
/// <param name="Inherits">What the role lets one change may be changed below the unit, too; never in private bodies.</param>
/// <param name="From">Null: from now on.</param>
public sealed record NewGrant(string Subject, string Role, OrgUnitId Unit, bool Inherits, DateTime? From = null, DateTime? Until = null);

/// <summary>
/// Grants and revokes roles. Whoever may grant on a unit may grant any role there: a role reaches no further than its unit. To let a grant
/// reach below, one's own right to grant must reach there.
/// </summary>
public sealed class GrantService(PlenumDb db, Access access, Audit.Audit audit, TimeProvider clock)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>Needs <see cref="KernelPermissions.Grant"/> on the unit.</summary>
    /// <returns>The new grant, or the equal one there is already.</returns>
    /// <exception cref="RuleException">Subject or role is unknown, or the time ends before it begins.</exception>
    public async Task<Guid> GrantAsync(Viewer viewer, NewGrant wanted, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        await access.DemandAsync(viewer, KernelPermissions.Grant, wanted.Unit, cancellation);
        if (wanted.Inherits && !await access.MayBelowAsync(viewer, KernelPermissions.Grant, wanted.Unit, cancellation))
        {
            throw new RuleException("grants.reach");
        }

        await RequireKnownAsync(wanted, cancellation);
        var now = Now;
        var grant = new Grant(wanted.Subject, wanted.Role, wanted.Unit, wanted.Inherits, wanted.From ?? now, wanted.Until);
        var equal = await db.Set<Grant>().FirstOrDefaultAsync(
            g => g.Subject == wanted.Subject && g.Role == wanted.Role && g.UnitId == wanted.Unit && g.Inherits == wanted.Inherits
                && g.From <= grant.From && (g.Until == null || g.Until > now) && g.Until == wanted.Until,
            cancellation);
        if (equal is not null)
        {
            return equal.Id;
        }

        db.Add(grant);
        Record(viewer, grant, "permissions.grant");
        await db.SaveChangesAsync(cancellation);
        return grant.Id;
    }

    /// <summary>Ends a grant now. Needs <see cref="KernelPermissions.Grant"/> on its unit.</summary>
    /// <exception cref="RuleException">Nobody could grant anything on the whole house any more.</exception>
    public async Task RevokeAsync(Viewer viewer, Guid id, CancellationToken cancellation)
    {
        var grant = await db.Set<Grant>().SingleOrDefaultAsync(g => g.Id == id, cancellation) ?? throw new RuleException("grants.unknown");
        await access.DemandAsync(viewer, KernelPermissions.Grant, grant.UnitId, cancellation);
        var now = Now;
        if (grant.Until <= now)
        {
            return;
        }

        await RequireAnotherGranterAsync(db, access, except: id, now, cancellation);
        grant.Revoke(now);
        Record(viewer, grant, "permissions.revoke");
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Grants on a unit itself that hold or will hold, for its page of permissions. Needs <see cref="KernelPermissions.Grant"/> on the unit.</summary>
    public async Task<IReadOnlyList<Grant>> OnAsync(Viewer viewer, OrgUnitId unit, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Grant, unit, cancellation);
        var now = Now;
        return await db.Set<Grant>().AsNoTracking().Where(g => g.UnitId == unit && (g.Until == null || g.Until > now)).OrderBy(g => g.Role).ThenBy(g => g.From)
            .ToListAsync(cancellation);
    }

    /// <summary>Without these grants somebody must still be able to grant on the root, else the house would be locked for ever.</summary>
    internal static async Task RequireAnotherGranterAsync(PlenumDb db, Access access, IReadOnlyList<string> withoutSubjects, DateTime now, CancellationToken cancellation)
        => await RequireAnotherGranterAsync(db, access, g => withoutSubjects.Contains(g.Subject), now, cancellation);

    private static Task RequireAnotherGranterAsync(PlenumDb db, Access access, Guid except, DateTime now, CancellationToken cancellation)
        => RequireAnotherGranterAsync(db, access, g => g.Id == except, now, cancellation);

    private static async Task RequireAnotherGranterAsync(PlenumDb db, Access access, Func<Grant, bool> goes, DateTime now, CancellationToken cancellation)
    {
        var root = (await access.TreeAsync(cancellation)).Root;
        var roles = (await access.TableAsync(cancellation)).Roles;
        if (root is null)
        {
            return;
        }

        var rootId = root.Id;
        var onRoot = await db.Set<Grant>().AsNoTracking().Where(g => g.UnitId == rootId && g.Inherits && g.From <= now && g.Until == null).ToListAsync(cancellation);
        var granting = onRoot.FindAll(g => roles.TryGetValue(g.Role, out var role) && role.Permissions.Contains(KernelPermissions.Grant));
        var staying = granting.FindAll(g => !goes(g)).Select(g => g.Subject).ToList();
        if (granting.Exists(g => goes(g)) && !await SomeoneAsync(db, staying, cancellation))
        {
            throw new RuleException("grants.last-granter");
        }
    }

    // Accounts that can sign in; an office or a group counts too, as it can be filled.
    private static async Task<bool> SomeoneAsync(PlenumDb db, List<string> subjects, CancellationToken cancellation)
    {
        var accounts = subjects.Where(s => s.StartsWith("a:", StringComparison.Ordinal)).Select(s => AccountId.From(Guid.ParseExact(s.AsSpan(2), "N"))).ToList();
        return accounts.Count < subjects.Count || await db.Set<Account>().AnyAsync(a => accounts.Contains(a.Id) && a.State == AccountState.Active, cancellation);
    }

    private async Task RequireKnownAsync(NewGrant wanted, CancellationToken cancellation)
    {
        if (!(await access.TableAsync(cancellation)).Roles.ContainsKey(wanted.Role))
        {
            throw new RuleException("roles.unknown", wanted.Role);
        }

        if (!AudienceToken.IsKnown(wanted.Subject) || wanted.Subject == AudienceToken.Public || !await ExistsAsync(wanted.Subject, cancellation))
        {
            throw new RuleException("grants.subject-unknown");
        }
    }

    private async Task<bool> ExistsAsync(string subject, CancellationToken cancellation)
    {
        if (subject == AudienceToken.SignedIn)
        {
            return true;
        }

        var id = Guid.ParseExact(subject.AsSpan(2), "N");
        var (account, unit, office, group) = (AccountId.From(id), OrgUnitId.From(id), OfficeId.From(id), GroupId.From(id));
        return subject[0] switch
        {
            'a' => await db.Set<Account>().AnyAsync(a => a.Id == account && a.State != AccountState.Closed, cancellation),
            'm' => await db.Set<OrgUnit>().AnyAsync(u => u.Id == unit, cancellation),
            'o' => await db.Set<Office>().AnyAsync(o => o.Id == office && o.AbolishedAt == null, cancellation),
            _ => await db.Set<Group>().AnyAsync(g => g.Id == group, cancellation),
        };
    }

    private void Record(Viewer viewer, Grant grant, string action)
        => audit.Record(
            db, viewer.Account, action, "grant:" + grant.Id.ToString("N"), grant.UnitId,
            $"{grant.Role} to {grant.Subject}{(grant.Inherits ? ", inherited" : "")}, {grant.From:yyyy-MM-dd}..{grant.Until:yyyy-MM-dd}");
}
