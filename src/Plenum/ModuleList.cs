using Plenum.Kernel.Modules;

namespace Plenum;

/// <summary>The modules of this program, in the order their services are listed to people.</summary>
internal static class ModuleList
{
    public static ModuleCatalog Create() => new();
}
