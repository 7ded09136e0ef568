using System.CommandLine;
using System.Reflection;
using Microsoft.AspNetCore.Routing;
using Plenum.Contracts;
using Plenum.Kernel.Cli;

namespace Plenum.Kernel.Modules;

/// <summary>The modules of this program. The host lists them once; everything else is found from here.</summary>
public sealed class ModuleCatalog
{
    private readonly List<Entry> _entries = [];

    /// <summary>Assemblies that hold entities, migrations, texts, ids and pages, the kernel's own first.</summary>
    public IReadOnlyList<Assembly> Assemblies
        => [typeof(ITypedId<>).Assembly, typeof(ModuleCatalog).Assembly, .. _entries.Select(e => e.Assembly).Distinct()];

    public IReadOnlyList<string> Names => [.. _entries.Select(e => e.Name)];

    /// <summary>An assembly without a module door that holds texts or pages, such as the Ui.</summary>
    public ModuleCatalog AddPlain(Assembly assembly)
    {
        _entries.Add(new(assembly.GetName().Name!, assembly, _ => { }, _ => { }, (_, _) => { }));
        return this;
    }

    public ModuleCatalog Add<TModule>()
        where TModule : IModule
    {
        _entries.Add(new(TModule.Name, typeof(TModule).Assembly, TModule.AddServices, TModule.MapEndpoints, TModule.AddCommands));
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

    public void AddCommands(RootCommand root, ICommandHouse house)
    {
        foreach (var entry in _entries)
        {
            entry.AddCommands(root, house);
        }
    }

    private sealed record Entry(
        string Name,
        Assembly Assembly,
        Action<ModuleBuilder> AddServices,
        Action<IEndpointRouteBuilder> MapEndpoints,
        Action<RootCommand, ICommandHouse> AddCommands);
}
