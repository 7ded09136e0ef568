using FluentMigrator;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Live;

[Migration(2026_11_24_0817, "kernel: nodes of the cluster")]
public sealed class CreateSilos : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("kernel_silo")
            .WithColumn("address").AsString(120).PrimaryKey()
            .WithColumn("status").AsString(20).NotNullable()
            .WithColumn("name").AsString(200).NotNullable()
            .WithColumn("host").AsString(255).NotNullable()
            .WithColumn("gateway_port").AsInt32().NotNullable()
            .WithColumn("started_at").AsInstant().NotNullable()
            .WithColumn("alive_at").AsInstant().NotNullable()
            .WithColumn("suspects").AsText().NotNullable();

        // One row: every change of the list takes the next version, so that two changes at once never both count.
        Create.Table("kernel_silo_version")
            .WithColumn("id").AsInt32().PrimaryKey()
            .WithColumn("version").AsInt32().NotNullable();
        Insert.IntoTable("kernel_silo_version").Row(new { id = 1, version = 0 });
    }
}
