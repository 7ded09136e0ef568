using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;
using Plenum.Kernel.Outbox;

namespace Plenum.Kernel.Search;

/// <summary>What belongs to a unit is found under the unit's new path.</summary>
internal sealed class MoveSearchPaths(PlenumDb db) : IEventHandler<UnitPathChanged>
{
    public Task HandleAsync(UnitPathChanged happened, CancellationToken cancellation)
    {
        var (path, from, until, cut) = (happened.OldPath, happened.OldPath + "/", happened.OldPath + "0", happened.OldPath.Length + 1);
        return db.Database.ExecuteSqlAsync(
            $"""
             UPDATE kernel_search SET unit_path = {happened.NewPath} || substr(unit_path, {cut})
             WHERE unit_path = {path} OR (unit_path >= {from} AND unit_path < {until})
             """,
            cancellation);
    }
}
