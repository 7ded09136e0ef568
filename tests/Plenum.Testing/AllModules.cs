using System.Reflection;
using Plenum.Kernel.Modules;

namespace Plenum.Testing;

/// <summary>Every module of the program, found in the assemblies beside the test.</summary>
public static class AllModules
{
    public static ModuleCatalog Create()
    {
        var catalog = new ModuleCatalog();
        foreach (var type in Directory.GetFiles(AppContext.BaseDirectory, "Plenum.*.dll").Order(StringComparer.Ordinal)
            .Where(f => !Path.GetFileName(f).Contains("Test", StringComparison.Ordinal))
            .SelectMany(f => Assembly.LoadFrom(f).GetExportedTypes()).Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IModule).IsAssignableFrom(t)))
        {
            typeof(ModuleCatalog).GetMethod(nameof(ModuleCatalog.Add))!.MakeGenericMethod(type).Invoke(catalog, []);
        }

        return catalog.Names.Count > 0 ? catalog : throw new InvalidOperationException("No module lies beside the test.");
    }
}
