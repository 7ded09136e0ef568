using FluentMigrator;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Search;

[Migration(2026_11_27_1830, "kernel: search without workers")]
public sealed class SearchWithoutWorkers : ForwardOnlyMigration
{
    // A search takes milliseconds; starting processes for it takes longer, and another reader needs that core.
    public override void Up()
        => IfDatabase(name => name.StartsWith("Postgre", System.StringComparison.OrdinalIgnoreCase)).Execute.Sql("ALTER TABLE kernel_search SET (parallel_workers = 0)");
}
