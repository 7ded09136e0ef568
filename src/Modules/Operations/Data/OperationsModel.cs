using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;
using Plenum.Operations.Backups;
using Plenum.Operations.Setup;

namespace Plenum.Operations.Data;

internal sealed class OperationsModel : IModelContributor
{
    public void Build(ModelBuilder model)
    {
        model.Entity<SetupLink>(link =>
        {
            link.ToTable("operations_setup");
            link.Property(l => l.Id).ValueGeneratedNever();
        });
        model.Entity<BackupRecord>(backup =>
        {
            backup.ToTable("operations_backup");
            backup.Property(b => b.Id).ValueGeneratedNever();
        });
    }
}
