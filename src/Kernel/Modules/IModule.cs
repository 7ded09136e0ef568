using System.CommandLine;
using Microsoft.AspNetCore.Routing;
using Plenum.Kernel.Cli;

namespace Plenum.Kernel.Modules;

/// <summary>The one public door of a module. It reads like a table of contents.</summary>
public interface IModule
{
    /// <summary>Short name in lower case; also the prefix of the module's tables, permissions and texts.</summary>
    static abstract string Name { get; }

    static abstract void AddServices(ModuleBuilder module);

    /// <summary>Maps what is not a Razor page: files, API, one-click links.</summary>
    static virtual void MapEndpoints(IEndpointRouteBuilder endpoints)
    {
    }

    /// <summary>Adds verbs to the command line.</summary>
    static virtual void AddCommands(RootCommand root, ICommandHouse house)
    {
    }
}
