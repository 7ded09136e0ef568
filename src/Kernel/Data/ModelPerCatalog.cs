using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Plenum.Kernel.Modules;

namespace Plenum.Kernel.Data;

/// <summary>One model per set of modules: tests run several hosts with different modules in one process.</summary>
internal sealed class ModelPerCatalog : IModelCacheKeyFactory
{
    public object Create(DbContext context, bool designTime) => (context.GetType(), context.GetService<ModuleCatalog>(), designTime);
}
