using FluentMigrator;
using Plenum.Kernel.Data;

namespace Plenum.Site.Data;

[Migration(2026_11_24_1005, "site: legal texts, visibility of profiles")]
public sealed class CreateSite : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("site_legal_text")
            .WithColumn("unit_id").AsGuid().NotNullable().PrimaryKey("pk_site_legal_text").ForeignKey("kernel_unit", "id")
            .WithColumn("kind").AsString(20).NotNullable().PrimaryKey("pk_site_legal_text")
            .WithColumn("text").AsText().NotNullable()
            .WithColumn("changed_at").AsInstant().NotNullable()
            .WithColumn("changed_by").AsGuid().Nullable();

        Create.Table("site_profile_choice")
            .WithColumn("account_id").AsGuid().PrimaryKey().ForeignKey("kernel_account", "id")
            .WithColumn("visibility").AsString(20).NotNullable();

        Insert.IntoTable("kernel_stamp").Row(new { name = "site", value = Guid.Empty });
    }
}
