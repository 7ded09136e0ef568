using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenum.Kernel.Modules;

namespace Plenum.Kernel.Data;

/// <summary>What the model of the database depends on: who contributes to it, and where typed ids are.</summary>
/// <remarks>Contributors have no state. Hosts of one process with the same modules share a model, and with it every translated query.</remarks>
internal sealed record ModelShape(string Names)
{
    public static ModelShape Of(IEnumerable<IModelContributor> contributors, ModuleCatalog modules)
        => new(string.Join(' ', contributors.Select(c => c.GetType().FullName).Concat(modules.Assemblies.Select(a => a.FullName))));
}

/// <summary>One model for each shape.</summary>
internal sealed class ModelPerShape : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context.GetType(), context.GetService<ModelShape>(), designTime);
}
