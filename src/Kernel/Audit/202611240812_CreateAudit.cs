using FluentMigrator;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Audit;

[Migration(2026_11_24_0812, "kernel: audit log")]
public sealed class CreateAudit : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("kernel_audit")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("at").AsInstant().NotNullable()
            .WithColumn("actor").AsGuid().Nullable() // No foreign key: the log outlives accounts and units.
            .WithColumn("action").AsString(120).NotNullable()
            .WithColumn("subject").AsString(400).NotNullable()
            .WithColumn("unit").AsGuid().Nullable()
            .WithColumn("details").AsText().NotNullable()
            .WithColumn("position").AsInt64().Nullable()
            .WithColumn("previous_hash").AsBytes().Nullable()
            .WithColumn("hash").AsBytes().Nullable();
        Create.Index("ux_kernel_audit_position").OnTable("kernel_audit").OnColumn("position").Unique();
        Create.Index("ix_kernel_audit_at").OnTable("kernel_audit").OnColumn("at");
        Create.Index("ix_kernel_audit_actor").OnTable("kernel_audit").OnColumn("actor").Ascending().OnColumn("id");
        Create.Index("ix_kernel_audit_action").OnTable("kernel_audit").OnColumn("action").Ascending().OnColumn("id");
        Create.Index("ix_kernel_audit_unit").OnTable("kernel_audit").OnColumn("unit").Ascending().OnColumn("id");
        Execute.Sql("CREATE INDEX ix_kernel_audit_unsealed ON kernel_audit (id) WHERE position IS NULL");
    }
}
