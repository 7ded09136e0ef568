using FluentMigrator;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Api;

[Migration(2026_11_24_0830, "kernel: access tokens and kept answers")]
public sealed class CreateApi : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("kernel_access_token")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("account_id").AsGuid().NotNullable().ForeignKey("kernel_account", "id").Indexed("ix_kernel_access_token_account")
            .WithColumn("name").AsString(80).NotNullable()
            .WithColumn("hash").AsBytes().NotNullable()
            .WithColumn("ending").AsString(4).NotNullable()
            .WithColumn("may_write").AsBoolean().NotNullable()
            .WithColumn("sees_private").AsBoolean().NotNullable()
            .WithColumn("permissions").AsText().NotNullable()
            .WithColumn("unit_id").AsGuid().Nullable().ForeignKey("kernel_unit", "id")
            .WithColumn("created_at").AsInstant().NotNullable()
            .WithColumn("expires_at").AsInstant().Nullable()
            .WithColumn("last_used_at").AsInstant().Nullable()
            .WithColumn("last_used_from").AsString(45).Nullable() // The longest IPv6 text.
            .WithColumn("revoked_at").AsInstant().Nullable();
        Create.Index("ux_kernel_access_token_hash").OnTable("kernel_access_token").OnColumn("hash").Unique();

        Create.Table("kernel_kept_answer")
            .WithColumn("owner").AsGuid().NotNullable().PrimaryKey("pk_kernel_kept_answer")
            .WithColumn("key").AsString(200).NotNullable().PrimaryKey("pk_kernel_kept_answer")
            .WithColumn("request").AsBytes().NotNullable()
            .WithColumn("created_at").AsInstant().NotNullable().Indexed("ix_kernel_kept_answer_created")
            .WithColumn("status").AsInt32().Nullable()
            .WithColumn("content_type").AsString(200).Nullable()
            .WithColumn("location").AsString(2000).Nullable()
            .WithColumn("body").AsBytes().Nullable();
    }
}
