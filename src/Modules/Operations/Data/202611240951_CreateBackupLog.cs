using FluentMigrator;
using Plenum.Kernel.Data;

namespace Plenum.Operations.Data;

[Migration(2026_11_24_0951, "operations: finished backups")]
public sealed class CreateBackupLog : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("operations_backup")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("taken_at").AsInstant().NotNullable()
            .WithColumn("file").AsString(1000).NotNullable()
            .WithColumn("octets").AsInt64().NotNullable()
            .WithColumn("has_blobs").AsBoolean().NotNullable()
            .WithColumn("lost_blobs").AsInt64().NotNullable();
        Create.Index("ix_operations_backup_taken").OnTable("operations_backup").OnColumn("taken_at");
    }
}
