using System.Data;
using FluentMigrator;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Notifications;

[Migration(2026_11_24_0815, "kernel: notifications")]
public sealed class CreateNotifications : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("kernel_notification")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("topic").AsString(80).NotNullable()
            .WithColumn("key").AsString(200).NotNullable()
            .WithColumn("text_key").AsString(120).NotNullable()
            .WithColumn("args").AsText().NotNullable()
            .WithColumn("link").AsText().NotNullable()
            .WithColumn("excerpt").AsText().NotNullable()
            .WithColumn("created_at").AsInstant().NotNullable();
        Create.Index("ux_kernel_notification_key").OnTable("kernel_notification").OnColumn("topic").Ascending().OnColumn("key").Ascending()
            .WithOptions().Unique();
        Create.Index("ix_kernel_notification_created").OnTable("kernel_notification").OnColumn("created_at");

        Create.Table("kernel_notification_receipt")
            .WithColumn("account_id").AsGuid().NotNullable().PrimaryKey("pk_kernel_notification_receipt").ForeignKey("kernel_account", "id")
            .WithColumn("notification_id").AsInt64().NotNullable().PrimaryKey("pk_kernel_notification_receipt")
            .ForeignKey("kernel_notification", "id").OnDelete(Rule.Cascade)
            .WithColumn("mail").AsString(10).NotNullable()
            .WithColumn("read_at").AsInstant().Nullable();
        Create.Index("ix_kernel_notification_receipt_notification").OnTable("kernel_notification_receipt").OnColumn("notification_id");
        Execute.Sql("CREATE INDEX ix_kernel_notification_receipt_unread ON kernel_notification_receipt (account_id, notification_id) WHERE read_at IS NULL");
        Execute.Sql("CREATE INDEX ix_kernel_notification_receipt_digest ON kernel_notification_receipt (account_id) WHERE mail = 'Digest'");

        Create.Table("kernel_notification_choice")
            .WithColumn("account_id").AsGuid().NotNullable().PrimaryKey("pk_kernel_notification_choice").ForeignKey("kernel_account", "id")
            .WithColumn("topic").AsString(80).NotNullable().PrimaryKey("pk_kernel_notification_choice")
            .WithColumn("way").AsString(12).NotNullable();
    }
}
