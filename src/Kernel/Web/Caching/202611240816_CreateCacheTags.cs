using FluentMigrator;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Web.Caching;

[Migration(2026_11_24_0816, "kernel: versions of what cached pages show")]
public sealed class CreateCacheTags : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("kernel_cache_tag")
            .WithColumn("tag").AsString(200).PrimaryKey()
            .WithColumn("version").AsInt64().NotNullable()
            .WithColumn("changed_at").AsInstant().NotNullable();
        Create.Index("ix_kernel_cache_tag_version").OnTable("kernel_cache_tag").OnColumn("version");
        Insert.IntoTable("kernel_stamp").Row(new { name = "cache-tags", value = Guid.Empty });
    }
}
