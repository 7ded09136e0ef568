using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Api;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Demo;
using Plenum.Kernel.Health;
using Plenum.Kernel.Keys;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Language;
using Plenum.Kernel.Limits;
using Plenum.Kernel.Listeners;
using Plenum.Kernel.Live;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Notifications;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Organisation.Import;
using Plenum.Kernel.Outbox;
using Plenum.Kernel.Permissions;
using Plenum.Kernel.Search;
using Plenum.Kernel.Snapshots;
using Plenum.Kernel.Web;
using Plenum.Kernel.Web.Caching;

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
        services.AddSingleton<SettingsCheck>();
        services.AddSingleton(folder);
        services.AddSingleton(provider => new Texts(provider.GetRequiredService<ModuleCatalog>().Assemblies));
        services.AddScoped<CurrentViewer>();
        services.AddScoped<IDemoSeed, DemoParty>();
        return builder.AddDatabase().AddKeys().AddOrganisation().AddPermissions().AddDoors().AddOutbox().AddBlobs().AddAudit().AddJobs().AddSearch()
            .AddNotifications().AddCacheTags().AddLive().AddHealth().AddApi();
    }

    private static ModuleBuilder AddKeys(this ModuleBuilder builder)
    {
        builder.Services.AddSingleton<MasterKey>();
        builder.Services.AddDataProtection().SetApplicationName("Plenum");
        builder.Services.AddSingleton<StoredKeys>();
        builder.Services.AddOptions<KeyManagementOptions>().Configure<StoredKeys>((options, keys) => options.XmlRepository = keys);
        return builder;
    }

    private static ModuleBuilder AddDoors(this ModuleBuilder builder)
    {
        builder.AddOptions<HouseOptions>("House").AddOptions<PortsOptions>("Ports").AddOptions<TlsOptions>("Tls").AddOptions<LimitsOptions>("Limits");
        builder.Add(new ListenerRegistration("http", 8080, ListenerTls.None, null));
        builder.Add(new ListenerRegistration("https", 0, ListenerTls.Implicit, null));
        builder.Add(new ListenerRegistration("internal", 8081, ListenerTls.None, null, LoopbackOnly: true));
        builder.Services.AddSingleton<Ports>();
        builder.Services.AddSingleton<Certificates>();
        builder.Services.AddSingleton<ConnectionGate>();
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelListeners>();
        builder.Services.AddSingleton<SignInLimiter>();
        builder.Services.AddSingleton<AddressDirectory>();
        builder.Services.AddScoped<SenderRights>();
        builder.Services.AddSingleton<ILocalDomains, UnitDomains>();
        return builder;
    }

    private static ModuleBuilder AddDatabase(this ModuleBuilder builder)
    {
        builder.AddOptions<DatabaseOptions>("Database").AddModel<KernelModel>();
        foreach (var stamped in KernelModel.Stamped)
        {
            builder.Add(stamped);
        }

        builder.Services.AddSingleton<Database>();
        builder.Services.AddSingleton(provider => ModelShape.Of(provider.GetServices<IModelContributor>(), provider.GetRequiredService<ModuleCatalog>()));
        builder.Services.AddSingleton<Schema>();
        builder.Services.AddSingleton<StampWatch>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<StampWatch>());
        builder.Services.AddSingleton<StampInterceptor>();
        builder.Services.AddSingleton<IInterceptor>(provider => provider.GetRequiredService<StampInterceptor>());
        builder.Services.AddSingleton<AfterCommit>();
        builder.Services.AddSingleton<IInterceptor>(provider => provider.GetRequiredService<AfterCommit>());
        builder.Services.AddDbContextFactory<PlenumDb>((provider, options) =>
            provider.GetRequiredService<Database>().Configure(options, provider.GetServices<IInterceptor>()));
        return builder;
    }

    private static ModuleBuilder AddOrganisation(this ModuleBuilder builder)
    {
        builder.AddEvent<UnitPathChanged>("organisation.unit-path-changed").AddEvent<UnitMerged>("organisation.unit-merged");
        builder.AddEvent<UnitClosed>("organisation.unit-closed").AddEvent<AccountClosed>("organisation.account-closed");
        builder.Services.AddScoped<UnitService>();
        builder.Services.AddScoped<UnitEndings>();
        builder.Services.AddScoped<UnitImport>();
        builder.Services.AddScoped<OfficeService>();
        builder.Services.AddScoped<AccountService>();
        builder.Services.AddScoped<GroupService>();
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
        builder.Services.AddSingleton<AudienceAccounts>();
        builder.Services.AddScoped<GrantService>();
        builder.Services.AddScoped<RoleService>();
        builder.Services.AddScoped<SubjectNames>();
        builder.Services.AddScoped<AccessReasons>();
        return builder;
    }
}
