using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Keys;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Snapshots;

namespace Plenum.Kernel.Data;

/// <summary>Tables of the organisation, the accounts and the permissions.</summary>
internal sealed class KernelModel : IModelContributor
{
    public void Build(ModelBuilder model)
    {
        model.Entity<OrgUnit>(unit =>
        {
            unit.ToTable("kernel_unit");
            unit.RefersTo(typeof(OrgUnit), nameof(OrgUnit.ParentId));
        });
        model.Entity<UnitRedirect>(redirect =>
        {
            redirect.ToTable("kernel_unit_redirect");
            redirect.HasKey(r => r.OldPath);
            redirect.RefersTo(typeof(OrgUnit), nameof(UnitRedirect.UnitId));
        });
        model.Entity<Office>(office =>
        {
            office.ToTable("kernel_office");
            office.RefersTo(typeof(OrgUnit), nameof(Office.UnitId));
            office.HasMany(o => o.Terms).WithOne().HasForeignKey("OfficeId");
            office.Property(o => o.Order).HasColumnName("position");
        });
        model.Entity<OfficeTerm>(term =>
        {
            term.ToTable("kernel_office_term");
            term.RefersTo(typeof(Account), nameof(OfficeTerm.Holder));
            term.Property(t => t.Id).ValueGeneratedNever();
            term.Property(t => t.From).HasColumnName("from_at");
            term.Property(t => t.Until).HasColumnName("until_at");
        });
        model.Entity<Account>().ToTable("kernel_account");
        model.Entity<MembershipFact>(fact =>
        {
            fact.ToTable("kernel_membership");
            fact.HasKey(f => new { f.AccountId, f.UnitId });
            fact.RefersTo(typeof(Account), nameof(MembershipFact.AccountId));
            fact.RefersTo(typeof(OrgUnit), nameof(MembershipFact.UnitId));
        });
        model.Entity<Group>(group =>
        {
            group.ToTable("kernel_group");
            group.RefersTo(typeof(OrgUnit), nameof(Group.UnitId));
            group.HasMany(g => g.Members).WithOne().HasForeignKey("GroupId");
        });
        model.Entity<GroupMember>(member =>
        {
            member.ToTable("kernel_group_member");
            member.HasKey("GroupId", nameof(GroupMember.AccountId));
            member.RefersTo(typeof(Account), nameof(GroupMember.AccountId));
        });
        model.Entity<Grant>(grant =>
        {
            grant.ToTable("kernel_grant");
            grant.RefersTo(typeof(OrgUnit), nameof(Grant.UnitId));
            grant.Property(g => g.Id).ValueGeneratedNever();
            grant.Property(g => g.From).HasColumnName("from_at");
            grant.Property(g => g.Until).HasColumnName("until_at");
        });
        model.Entity<CustomRole>(role =>
        {
            role.ToTable("kernel_role");
            role.HasKey(r => r.Name);
        });
        model.Entity<StoredAudience>().ToTable("kernel_audience");
        model.Entity<StoredKey>().ToTable("kernel_key").Property(k => k.Id).ValueGeneratedNever();
        model.Entity<Stamp>(stamp =>
        {
            stamp.ToTable("kernel_stamp");
            stamp.HasKey(s => s.Name);
        });
    }

    /// <summary>Which rows, when changed, make the snapshots in memory old.</summary>
    public static IReadOnlyList<StampedEntity> Stamped { get; } =
    [
        new(typeof(OrgUnit), Stamp.Organisation),
        new(typeof(UnitRedirect), Stamp.Organisation),
        new(typeof(Office), Stamp.Organisation),
        new(typeof(OfficeTerm), Stamp.Organisation),
        new(typeof(Grant), Stamp.Permissions),
        new(typeof(CustomRole), Stamp.Permissions),
        new(typeof(StoredAudience), Stamp.Permissions),
        new(typeof(Account), Stamp.Accounts),
        new(typeof(MembershipFact), Stamp.Accounts),
        new(typeof(Group), Stamp.Accounts),
        new(typeof(GroupMember), Stamp.Accounts),
    ];
}
