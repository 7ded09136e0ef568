using System.Data;
using FluentMigrator;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Outbox;

[Migration(2026_11_24_0810, "kernel: outbox")]
public sealed class CreateOutbox : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("kernel_outbox")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("name").AsString(120).NotNullable()
            .WithColumn("payload").AsText().NotNullable()
            .WithColumn("created_at").AsInstant().NotNullable();
        Create.Index("ix_kernel_outbox_created").OnTable("kernel_outbox").OnColumn("created_at");

        Create.Table("kernel_outbox_delivery")
            .WithColumn("handler").AsString(120).NotNullable().PrimaryKey()
            .WithColumn("event_id").AsInt64().NotNullable().PrimaryKey().ForeignKey("kernel_outbox", "id").OnDelete(Rule.Cascade)
            .WithColumn("state").AsString(10).NotNullable()
            .WithColumn("attempts").AsInt32().NotNullable()
            .WithColumn("due_at").AsInstant().NotNullable()
            .WithColumn("error").AsText().Nullable();
        Create.Index("ix_kernel_outbox_delivery_event").OnTable("kernel_outbox_delivery").OnColumn("event_id");

        Create.Table("kernel_outbox_handler").WithColumn("name").AsString(120).PrimaryKey();
    }
}
