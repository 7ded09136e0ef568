using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Modules;

namespace Plenum.Kernel.Data;

/// <summary>
/// Builds the model of the database on another core while the house is still being put together: it takes a second of the start, and nothing of
/// it depends on settings but the provider. Whoever needs the model first waits for this one instead of building it.
/// </summary>
public static class EarlyModel
{
    /// <summary>After the modules have added their services.</summary>
    public static void Begin(IServiceCollection services, IConfiguration configuration, ModuleCatalog modules)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        ArgumentNullException.ThrowIfNull(modules);
        if (!Enum.TryParse<DatabaseProvider>(configuration["Database:Provider"] ?? nameof(DatabaseProvider.SQLite), ignoreCase: true, out var provider))
        {
            return; // The check of the settings says so.
        }

        var needed = new ServiceCollection();
        foreach (var contributor in services.Where(s => s.ServiceType == typeof(IModelContributor)).ToList())
        {
            ((ICollection<ServiceDescriptor>)needed).Add(contributor);
        }

        needed.AddSingleton(modules).AddSingleton(s => ModelShape.Of(s.GetServices<IModelContributor>(), modules));
        _ = Task.Run(() => Build(needed, provider)); // What fails here fails again, and louder, where the model is needed.
    }

    private static void Build(ServiceCollection needed, DatabaseProvider provider)
    {
        using var services = needed.BuildServiceProvider();
        var options = new DbContextOptionsBuilder<PlenumDb>().UseApplicationServiceProvider(services);
        Database.ConfigureModel(options, provider, connection: "");
        using var db = new PlenumDb((DbContextOptions<PlenumDb>)options.Options);
        _ = db.Model;
    }
}
