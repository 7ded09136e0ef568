using FluentMigrator;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Blobs;

[Migration(2026_11_24_0811, "kernel: blobs and who needs them")]
public sealed class CreateBlobs : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("kernel_blob")
            .WithColumn("hash").AsString(64).PrimaryKey() // SHA-256, hexadecimal
            .WithColumn("length").AsInt64().NotNullable()
            .WithColumn("last_put_at").AsInstant().NotNullable();
        Create.Index("ix_kernel_blob_last_put").OnTable("kernel_blob").OnColumn("last_put_at");

        Create.Table("kernel_blob_reference")
            .WithColumn("owner").AsString(40).NotNullable().PrimaryKey()
            .WithColumn("key").AsString(200).NotNullable().PrimaryKey()
            .WithColumn("hash").AsString(64).NotNullable().ForeignKey("kernel_blob", "hash");
        Create.Index("ix_kernel_blob_reference_hash").OnTable("kernel_blob_reference").OnColumn("hash");
    }
}
