using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Snapshots;

namespace Plenum.Kernel;

/// <summary>Registers the kernel: everything a module may lean on.</summary>
public static class KernelServices
{
    /// <param name="folder">The data folder, already taken.</param>
    public static ModuleBuilder AddKernel(this ModuleBuilder builder, ModuleCatalog modules, DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(modules);
        services.AddSingleton(folder);
        services.AddSingleton(provider => new Texts(provider.GetRequiredService<ModuleCatalog>().Assemblies));
        return builder.AddDatabase().AddPermissions();
    }

    private static ModuleBuilder AddDatabase(this ModuleBuilder builder)
    {
        builder.AddOptions<DatabaseOptions>("Database").AddModel<KernelModel>();
        foreach (var stamped in KernelModel.Stamped)
        {
            builder.Add(stamped);
        }

        builder.Services.AddSingleton<Database>();
        builder.Services.AddSingleton<Schema>();
        builder.Services.AddSingleton<StampWatch>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<StampWatch>());
        builder.Services.AddSingleton<StampInterceptor>();
        builder.Services.AddSingleton<IInterceptor>(provider => provider.GetRequiredService<StampInterceptor>());
        builder.Services.AddDbContextFactory<PlenumDb>((provider, options) =>
            provider.GetRequiredService<Database>().Configure(options, provider.GetServices<IInterceptor>()));
        return builder;
    }

    private static ModuleBuilder AddPermissions(this ModuleBuilder builder)
    {
        foreach (var permission in KernelPermissions.All)
        {
            builder.Add(permission);
        }

        builder.Add(KernelPermissions.Operator).Add(KernelPermissions.UnitOffice);
        builder.Services.AddSingleton<RoleCatalog>();
        builder.Services.AddSingleton<Access>();
        builder.Services.AddSingleton<ViewerSource>();
        return builder;
    }
}
