using System.Data;
using FluentMigrator;

namespace Plenum.Kernel.Data;

[Migration(2026_11_24_0800, "kernel: organisation, accounts, permissions")]
public sealed class CreateOrganisation : ForwardOnlyMigration
{
    public override void Up()
    {
        CreateUnits();
        CreateAccounts();
        CreatePermissions();
        CreateKeysAndStamps();
    }

    private void CreateUnits()
    {
        Create.Table("kernel_unit")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("parent_id").AsGuid().Nullable().ForeignKey("kernel_unit", "id")
            .WithColumn("kind").AsString(20).NotNullable()
            .WithColumn("slug").AsString(80).NotNullable()
            .WithColumn("path").AsString(1000).NotNullable()
            .WithColumn("depth").AsInt32().NotNullable()
            .WithColumn("name").AsString(200).NotNullable()
            .WithColumn("description").AsText().NotNullable()
            .WithColumn("languages").AsString(80).NotNullable()
            .WithColumn("mail_domain").AsString(255).Nullable()
            .WithColumn("web_domain").AsString(255).Nullable()
            .WithColumn("contact_address").AsString(320).NotNullable()
            .WithColumn("is_private").AsBoolean().NotNullable()
            .WithColumn("external_key").AsString(80).Nullable()
            .WithColumn("created_at").AsInstant().NotNullable()
            .WithColumn("closed_at").AsInstant().Nullable()
            .WithColumn("merged_into").AsGuid().Nullable();

        // Subtrees are ranges of paths, so paths are compared byte by byte on both databases.
        IfDatabase(name => name.StartsWith("Postgre", System.StringComparison.OrdinalIgnoreCase)).Execute.Sql("ALTER TABLE kernel_unit ALTER COLUMN path TYPE varchar(1000) COLLATE \"C\"");
        Create.Index("ux_kernel_unit_path").OnTable("kernel_unit").OnColumn("path").Unique();
        Create.Index("ix_kernel_unit_parent").OnTable("kernel_unit").OnColumn("parent_id");
        Create.Index("ux_kernel_unit_external_key").OnTable("kernel_unit").OnColumn("external_key").Unique();

        Create.Table("kernel_unit_redirect")
            .WithColumn("old_path").AsString(1000).PrimaryKey()
            .WithColumn("unit_id").AsGuid().NotNullable().ForeignKey("kernel_unit", "id").Indexed("ix_kernel_unit_redirect_unit");

        Create.Table("kernel_office")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("unit_id").AsGuid().NotNullable().ForeignKey("kernel_unit", "id").Indexed("ix_kernel_office_unit")
            .WithColumn("title").AsString(120).NotNullable()
            .WithColumn("mail_local_part").AsString(64).Nullable()
            .WithColumn("position").AsInt32().NotNullable()
            .WithColumn("abolished_at").AsInstant().Nullable();
        Create.Index("ux_kernel_office_mail").OnTable("kernel_office").OnColumn("unit_id").Ascending().OnColumn("mail_local_part").Ascending()
            .WithOptions().Unique();
    }

    private void CreateAccounts()
    {
        Create.Table("kernel_account")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("login").AsString(40).NotNullable()
            .WithColumn("display_name").AsString(120).NotNullable()
            .WithColumn("email").AsString(320).Nullable() // 64 + "@" + 255, RFC 5321 §4.5.3.1
            .WithColumn("kind").AsString(10).NotNullable()
            .WithColumn("state").AsString(12).NotNullable()
            .WithColumn("language").AsString(2).Nullable()
            .WithColumn("time_zone").AsString(64).Nullable()
            .WithColumn("theme").AsString(5).Nullable()
            .WithColumn("about").AsText().NotNullable()
            .WithColumn("created_at").AsInstant().NotNullable();
        Create.Index("ux_kernel_account_login").OnTable("kernel_account").OnColumn("login").Unique();
        Create.Index("ux_kernel_account_email").OnTable("kernel_account").OnColumn("email").Unique();

        Create.Table("kernel_office_term")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("office_id").AsGuid().NotNullable().ForeignKey("kernel_office", "id").Indexed("ix_kernel_office_term_office")
            .WithColumn("holder").AsGuid().NotNullable().ForeignKey("kernel_account", "id").Indexed("ix_kernel_office_term_holder")
            .WithColumn("from_at").AsInstant().NotNullable()
            .WithColumn("until_at").AsInstant().Nullable()
            .WithColumn("is_acting").AsBoolean().NotNullable();

        Create.Table("kernel_membership")
            .WithColumn("account_id").AsGuid().NotNullable().PrimaryKey("pk_kernel_membership").ForeignKey("kernel_account", "id")
            .WithColumn("unit_id").AsGuid().NotNullable().PrimaryKey("pk_kernel_membership").ForeignKey("kernel_unit", "id").Indexed("ix_kernel_membership_unit")
            .WithColumn("since").AsInstant().NotNullable()
            .WithColumn("entitled_to_vote_since").AsInstant().Nullable();

        Create.Table("kernel_group")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("unit_id").AsGuid().NotNullable().ForeignKey("kernel_unit", "id").Indexed("ix_kernel_group_unit")
            .WithColumn("name").AsString(120).NotNullable();
        Create.Table("kernel_group_member")
            .WithColumn("group_id").AsGuid().NotNullable().PrimaryKey("pk_kernel_group_member").ForeignKey("kernel_group", "id").OnDelete(Rule.Cascade)
            .WithColumn("account_id").AsGuid().NotNullable().PrimaryKey("pk_kernel_group_member").ForeignKey("kernel_account", "id")
            .Indexed("ix_kernel_group_member_account");
    }

    private void CreatePermissions()
    {
        Create.Table("kernel_grant")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("subject").AsString(40).NotNullable().Indexed("ix_kernel_grant_subject")
            .WithColumn("role").AsString(80).NotNullable()
            .WithColumn("unit_id").AsGuid().NotNullable().ForeignKey("kernel_unit", "id").Indexed("ix_kernel_grant_unit")
            .WithColumn("inherits").AsBoolean().NotNullable()
            .WithColumn("from_at").AsInstant().NotNullable()
            .WithColumn("until_at").AsInstant().Nullable();

        Create.Table("kernel_role")
            .WithColumn("name").AsString(80).PrimaryKey()
            .WithColumn("title").AsString(120).NotNullable()
            .WithColumn("permissions").AsText().NotNullable();

        Create.Table("kernel_audience")
            .WithColumn("id").AsInt32().PrimaryKey().Identity()
            .WithColumn("text").AsString(4000).NotNullable(); // 64 tokens of 34 characters and their spaces
        Create.Index("ux_kernel_audience_text").OnTable("kernel_audience").OnColumn("text").Unique();
        Insert.IntoTable("kernel_audience").Row(new { text = "p" }).Row(new { text = "s" });
    }

    private void CreateKeysAndStamps()
    {
        Create.Table("kernel_key")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("sealed").AsBytes().NotNullable();

        Create.Table("kernel_stamp")
            .WithColumn("name").AsString(40).PrimaryKey()
            .WithColumn("value").AsGuid().NotNullable();
        foreach (var name in (string[])["organisation", "permissions", "accounts"])
        {
            Insert.IntoTable("kernel_stamp").Row(new { name, value = Guid.Empty });
        }
    }
}
