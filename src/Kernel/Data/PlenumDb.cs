using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Modules;
using Plenum.Kernel.Snapshots;

namespace Plenum.Kernel.Data;

/// <summary>The one relational database. Modules contribute their mappings; each writes only its own tables.</summary>
public sealed class PlenumDb(DbContextOptions<PlenumDb> options) : DbContext(options)
{
    /// <summary>True on PostgreSQL, false on SQLite, for the few statements that differ.</summary>
    public bool IsPostgreSql => Database.IsNpgsql();

    /// <summary>Renews a stamp after a statement that bypassed the change tracker, in the same transaction if there is one.</summary>
    public async Task TouchAsync(string stamp, CancellationToken cancellation)
    {
        var value = Guid.CreateVersion7();
        await Set<Stamp>().Where(s => s.Name == stamp).ExecuteUpdateAsync(s => s.SetProperty(x => x.Value, value), cancellation);
        this.GetService<StampInterceptor>().Written(this, stamp, value);
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        ArgumentNullException.ThrowIfNull(configurationBuilder);
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
        TypedIds.Register(configurationBuilder, this.GetService<ModuleCatalog>().Assemblies);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        foreach (var contributor in Contributors())
        {
            contributor.Build(modelBuilder);
        }
    }

    // Asked of the application's services: EF's own container would answer any IEnumerable with an empty one.
    private IEnumerable<IModelContributor> Contributors()
        => this.GetService<IDbContextOptions>().FindExtension<CoreOptionsExtension>()!.ApplicationServiceProvider!.GetServices<IModelContributor>();
}
