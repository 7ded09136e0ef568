using System.Data;
using FluentMigrator;
using Plenum.Kernel.Data;

namespace Plenum.Mail.Data;

[Migration(2026_11_24_0930, "mail: outbound queue, signing keys")]
public sealed class CreateMailQueue : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("mail_message")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("source").AsString(40).NotNullable()
            .WithColumn("reference").AsString(200).Nullable()
            .WithColumn("blob").AsString(64).NotNullable() // SHA-256, hexadecimal
            .WithColumn("skipped_octets").AsInt32().NotNullable()
            .WithColumn("size_bytes").AsInt64().NotNullable()
            .WithColumn("domain").AsString(255).NotNullable() // RFC 5321 §4.5.3.1.2
            .WithColumn("created_at").AsInstant().NotNullable()
            .WithColumn("expires_at").AsInstant().NotNullable()
            .WithColumn("envelope_id").AsString(100).Nullable() // RFC 3461 §4.4
            .WithColumn("returns_headers_only").AsBoolean().NotNullable()
            .WithColumn("chain_results").AsText().Nullable()
            .WithColumn("chain_status").AsString(20).NotNullable()
            .WithColumn("chain_instances").AsInt32().NotNullable();
        Create.Index("ix_mail_message_created").OnTable("mail_message").OnColumn("created_at");

        Create.Table("mail_recipient")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("message_id").AsGuid().NotNullable().ForeignKey("mail_message", "id").OnDelete(Rule.Cascade)
            .WithColumn("position").AsInt32().NotNullable()
            .WithColumn("address").AsString(320).NotNullable() // 64 + "@" + 255, RFC 5321 §4.5.3.1
            .WithColumn("domain").AsString(255).NotNullable()
            .WithColumn("return_path").AsString(320).Nullable()
            .WithColumn("headers").AsText().NotNullable()
            .WithColumn("reference").AsString(100).Nullable()
            .WithColumn("notify").AsString(30).Nullable() // "SUCCESS,FAILURE,DELAY"
            .WithColumn("original_recipient").AsString(500).Nullable() // RFC 3461 §4.2
            .WithColumn("state").AsString(10).NotNullable()
            .WithColumn("attempts").AsInt32().NotNullable()
            .WithColumn("due_at").AsInstant().NotNullable()
            .WithColumn("leased_by").AsInt64().Nullable()
            .WithColumn("delay_reported").AsBoolean().NotNullable()
            .WithColumn("finished_at").AsInstant().Nullable()
            .WithColumn("last_status").AsString(11).NotNullable() // "5.999.999"
            .WithColumn("last_diagnostic").AsString(500).NotNullable();
        Create.Index("ux_mail_recipient_message_position").OnTable("mail_recipient")
            .OnColumn("message_id").Ascending().OnColumn("position").Ascending().WithOptions().Unique();

        // Only what is still to do: the index stays small however much was sent.
        Execute.Sql("CREATE INDEX ix_mail_recipient_pending ON mail_recipient (due_at) WHERE state = 'Pending'");
        Execute.Sql("CREATE INDEX ix_mail_recipient_leased ON mail_recipient (leased_by) WHERE leased_by IS NOT NULL");
        Execute.Sql("CREATE INDEX ix_mail_recipient_finished ON mail_recipient (finished_at) WHERE finished_at IS NOT NULL");

        Create.Table("mail_pause")
            .WithColumn("domain").AsString(255).PrimaryKey() // "*": everything
            .WithColumn("since").AsInstant().NotNullable()
            .WithColumn("by_account").AsGuid().NotNullable();

        Create.Table("mail_suppressed")
            .WithColumn("address").AsString(320).PrimaryKey() // lower case
            .WithColumn("since").AsInstant().NotNullable()
            .WithColumn("reason").AsString(500).NotNullable();

        Create.Table("mail_signing_key")
            .WithColumn("domain").AsString(255).NotNullable().PrimaryKey()
            .WithColumn("selector").AsString(63).NotNullable().PrimaryKey() // one label, RFC 1035 §2.3.4
            .WithColumn("algorithm").AsString(20).NotNullable()
            .WithColumn("sealed").AsBytes().NotNullable()
            .WithColumn("dns_record").AsText().NotNullable()
            .WithColumn("created_at").AsInstant().NotNullable()
            .WithColumn("retired_at").AsInstant().Nullable();
    }
}
