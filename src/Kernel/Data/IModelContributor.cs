using Microsoft.EntityFrameworkCore;

namespace Plenum.Kernel.Data;

/// <summary>A module's part of the one database model. Tables carry the module's prefix; columns get snake_case names.</summary>
public interface IModelContributor
{
    void Build(ModelBuilder model);
}
