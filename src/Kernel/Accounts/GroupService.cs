using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;

namespace Plenum.Kernel.Accounts;

/// <summary>Explicit lists of accounts that a unit keeps, for audiences and grants. Needs <see cref="KernelPermissions.EditUnits"/> on the unit.</summary>
public sealed class GroupService(PlenumDb db, Access access, Audit.Audit audit)
{
    public async Task<GroupId> CreateAsync(Viewer viewer, OrgUnitId unit, string name, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.EditUnits, unit, cancellation);
        var group = new Group(unit, name);
        db.Add(group);
        Record(viewer, group, "groups.create", group.Name);
        await db.SaveChangesAsync(cancellation);
        return group.Id;
    }

    public async Task AddAsync(Viewer viewer, GroupId id, AccountId account, CancellationToken cancellation)
    {
        var group = await FindAsync(viewer, id, cancellation);
        if (!await db.Set<Account>().AnyAsync(a => a.Id == account && a.State != AccountState.Closed, cancellation))
        {
            throw new RuleException("accounts.unknown", account.Value);
        }

        group.Add(account);
        Record(viewer, group, "groups.add", account.Value.ToString("N"));
        await db.SaveChangesAsync(cancellation);
    }

    public async Task RemoveAsync(Viewer viewer, GroupId id, AccountId account, CancellationToken cancellation)
    {
        var group = await FindAsync(viewer, id, cancellation);
        group.Remove(account);
        Record(viewer, group, "groups.remove", account.Value.ToString("N"));
        await db.SaveChangesAsync(cancellation);
    }

    private async Task<Group> FindAsync(Viewer viewer, GroupId id, CancellationToken cancellation)
    {
        var group = await db.Set<Group>().Include(g => g.Members).SingleOrDefaultAsync(g => g.Id == id, cancellation) ?? throw new RuleException("groups.unknown");
        await access.DemandAsync(viewer, KernelPermissions.EditUnits, group.UnitId, cancellation);
        return group;
    }

    private void Record(Viewer viewer, Group group, string action, string details)
        => audit.Record(db, viewer.Account, action, "group:" + group.Id.Value.ToString("N"), group.UnitId, details);
}
