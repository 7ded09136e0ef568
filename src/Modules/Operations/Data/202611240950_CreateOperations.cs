using FluentMigrator;
using Plenum.Kernel.Data;

namespace Plenum.Operations.Data;

[Migration(2026_11_24_0950, "operations: the set-up link")]
public sealed class CreateOperations : ForwardOnlyMigration
{
    public override void Up()
        => Create.Table("operations_setup")
            .WithColumn("id").AsInt32().PrimaryKey() // Always 1: there is one.
            .WithColumn("hash").AsBytes().NotNullable()
            .WithColumn("created_at").AsInstant().NotNullable()
            .WithColumn("administrator").AsGuid().Nullable().ForeignKey("kernel_account", "id")
            .WithColumn("finished_at").AsInstant().Nullable();
}
