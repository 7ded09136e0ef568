using System.CommandLine;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Api;
using Plenum.Kernel.Cli;
using Plenum.Kernel.Data;
using Plenum.Kernel.Health;
using Plenum.Kernel.Modules;
using Plenum.Operations.Administration;
using Plenum.Operations.Api;
using Plenum.Operations.Backups;
using Plenum.Operations.Configuration;
using Plenum.Operations.Data;
using Plenum.Operations.Doctor;
using Plenum.Operations.Health;
using Plenum.Operations.Metrics;
using Plenum.Operations.Setup;

namespace Plenum.Operations;

/// <summary>Running the house: set-up, health, metrics, backup, doctor, administration. The one public door of this module.</summary>
public sealed class OperationsModule : IModule
{
    public static string Name => "operations";

    public static void AddServices(ModuleBuilder module)
    {
        module.AddOptions<OperationsOptions>("Operations").AddModel<OperationsModel>();
        AdministrationMenu.Add(module);
        module.AddHealthProbe<DatabaseProbe>().AddHealthProbe<DiskProbe>().AddHealthProbe<SchemaProbe>().AddHealthProbe<WorkProbe>();
        var services = module.Services;
        services.AddOptions<HostOptions>().Configure<IOptions<OperationsOptions>>((host, operations) => host.ShutdownTimeout = operations.Value.ShutdownTimeout);
        module.AddHealthProbe<BackupProbe>().AddHealthProbe<CertificateProbe>().AddHealthProbe<SettingsProbe>().AddHealthProbe<FolderProbe>();
        module.AddHealthProbe<PortsProbe>().AddHealthProbe<ClockProbe>().AddHealthProbe<DnsProbe>().AddHealthProbe<ProgramsProbe>();
        services.AddSingleton<IPublicDns, PublicDns>();
        services.AddSingleton<Zone>();
        services.AddSingleton<BackupWriter>();
        services.AddSingleton<RestoreService>();
        services.AddSingleton<IBeforeMigration, BackupBeforeMigration>();
        services.AddScoped<BackupLog>();
        services.AddScoped<AccountCare>();
        services.AddScoped<HouseWork>();
        services.AddScoped<SetupLinks>();
        services.AddScoped<SetupService>();
        services.AddHostedService<SetupAnnouncement>();
        services.AddHostedService<HouseFigures>();
        services.AddSingleton<Readiness>();
    }

    public static void AddCommands(RootCommand root, ICommandHouse house)
    {
        ArgumentNullException.ThrowIfNull(root);
        root.Subcommands.Add(BackupCommand.Create(house));
        root.Subcommands.Add(RestoreCommand.Create(house));
        root.Subcommands.Add(DoctorCommand.Create(house));
        root.Subcommands.Add(SampleCommand.Create(house));
        root.Group("account", "Accounts and their permissions.").Subcommands.Add(TokenCommand.Create(house));
    }

    public static void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        HealthEndpoints.Map(endpoints);
        var api = endpoints.Api();
        UnitsApi.Map(api);
        AccountsApi.Map(api);
    }
}
