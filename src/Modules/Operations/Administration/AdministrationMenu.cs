using Plenum.Kernel.Modules;
using Plenum.Kernel.Permissions;

namespace Plenum.Operations.Administration;

/// <summary>The pages of the administration. Other modules add their own entries; the overview at /admin shows them all.</summary>
internal static class AdministrationMenu
{
    public static void Add(ModuleBuilder module) => module
        .Add(Entry("admin.menu.overview", "/admin", "dashboard", 0, KernelPermissions.EditUnits))
        .Add(Entry("admin.menu.units", "/admin/units", "tree", 10, KernelPermissions.EditUnits))
        .Add(Entry("admin.menu.accounts", "/admin/accounts", "people", 20, KernelPermissions.EditAccounts))
        .Add(Entry("admin.menu.offices", "/admin/offices", "badge", 30, KernelPermissions.FillOffices))
        .Add(Entry("admin.menu.grants", "/admin/grants", "key", 40, KernelPermissions.Grant))
        .Add(Entry("admin.menu.roles", "/admin/roles", "shield", 45, KernelPermissions.Grant))
        .Add(Entry("admin.menu.access", "/admin/access", "help", 48, KernelPermissions.Grant))
        .Add(Entry("admin.menu.audit", "/admin/audit", "history", 50, KernelPermissions.ViewAudit))
        .Add(Entry("admin.menu.jobs", "/admin/jobs", "clock", 70, KernelPermissions.Operate))
        .Add(Entry("admin.menu.outbox", "/admin/outbox", "send", 80, KernelPermissions.Operate))
        .Add(Entry("admin.menu.health", "/admin/health", "heart", 90, KernelPermissions.Operate));

    private static MenuItem Entry(string text, string href, string icon, int order, Permission permission) => new(MenuPlace.Administration, text, href, icon, order, permission);
}
