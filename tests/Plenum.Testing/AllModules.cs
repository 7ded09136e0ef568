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
            .Where(f => !f.Contains("Tests", StringComparison.Ordinal) && !f.Contains("Testing", StringComparison.Ordinal))
            .SelectMany(f => Assembly.LoadFrom(f).GetExportedTypes()).Where(t => t is { IsClass: true, IsAbstract: false } && typeof(IModule).IsAssignableFrom(t)))
        {
            typeof(ModuleCatalog).GetMethod(nameof(ModuleCatalog.Add))!.MakeGenericMethod(type).Invoke(catalog, []);
        }

        return catalog;
    }
}
