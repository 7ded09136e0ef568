using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Plenum.Contracts;

namespace Plenum.Kernel.Modules;

/// <summary>The modules of this program. The host lists them once; everything else is found from here.</summary>
public sealed class ModuleCatalog
{
    private readonly List<Entry> _entries = [];

    /// <summary>Assemblies that hold entities, migrations, texts, ids and pages, the kernel's own first.</summary>
    public IReadOnlyList<Assembly> Assemblies
        => [typeof(ITypedId<>).Assembly, typeof(ModuleCatalog).Assembly, .. _entries.Select(e => e.Assembly).Distinct()];

    public IReadOnlyList<string> Names => [.. _entries.Select(e => e.Name)];

    public ModuleCatalog Add<TModule>()
        where TModule : IModule
    {
        _entries.Add(new(TModule.Name, typeof(TModule).Assembly, TModule.AddServices, TModule.MapEndpoints));
        return this;
    }

    public void AddServices(ModuleBuilder builder)
    {
        foreach (var entry in _entries)
        {
            entry.AddServices(builder);
        }
    }

    public void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
        foreach (var entry in _entries)
        {
            entry.MapEndpoints(endpoints);
        }
    }

    private sealed record Entry(string Name, Assembly Assembly, Action<ModuleBuilder> AddServices, Action<IEndpointRouteBuilder> MapEndpoints);
}
