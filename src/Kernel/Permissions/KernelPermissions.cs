namespace Plenum.Kernel.Permissions;

/// <summary>What the kernel itself guards.</summary>
public static class KernelPermissions
{
    public static Permission EditUnits { get; } = new("units.edit", PermissionReach.Write);

    /// <summary>Fill offices: begin and end terms.</summary>
    public static Permission FillOffices { get; } = new("offices.fill", PermissionReach.Write);

    public static Permission ViewAccounts { get; } = new("accounts.view", PermissionReach.View);

    public static Permission EditAccounts { get; } = new("accounts.edit", PermissionReach.Write);

    public static Permission Grant { get; } = new("permissions.grant", PermissionReach.Write);

    public static Permission ViewAudit { get; } = new("audit.view", PermissionReach.View);

    /// <summary>Run the machine: jobs, outbox, queue, health, backups.</summary>
    public static Permission Operate { get; } = new("operations.operate", PermissionReach.Write);

    public static IReadOnlyList<Permission> All { get; } = [EditUnits, FillOffices, ViewAccounts, EditAccounts, Grant, ViewAudit, Operate];

    /// <summary>Runs the whole house; granted on the root unit with the inherit switch on.</summary>
    public static Role Operator { get; } = new("operator", All);

    /// <summary>The chair or secretary of a unit.</summary>
    public static Role UnitOffice { get; } = new("unit-office", EditUnits, FillOffices, ViewAccounts);
}
