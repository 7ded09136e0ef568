using FluentMigrator;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Search;

[Migration(2026_11_24_0814, "kernel: search")]
public sealed class CreateSearch : ForwardOnlyMigration
{
    public override void Up()
    {
        // Small rows for filtering; the texts lie apart, so counting hits does not read them.
        Create.Table("kernel_search")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("service").AsString(40).NotNullable()
            .WithColumn("key").AsString(200).NotNullable()
            .WithColumn("url").AsText().NotNullable()
            .WithColumn("unit_path").AsString(1000).NotNullable()
            .WithColumn("language").AsString(10).NotNullable()
            .WithColumn("happened_at").AsInstant().NotNullable()
            .WithColumn("audience_id").AsInt32().NotNullable()
            .WithColumn("indexed_at").AsInstant().NotNullable();
        Create.Index("ux_kernel_search_key").OnTable("kernel_search").OnColumn("service").Ascending().OnColumn("key").Unique();
        Create.Table("kernel_search_text")
            .WithColumn("id").AsInt64().PrimaryKey()
            .WithColumn("title").AsText().NotNullable()
            .WithColumn("body").AsText().NotNullable();

        IfDatabase("postgres").Execute.Sql("ALTER TABLE kernel_search ALTER COLUMN unit_path TYPE varchar(1000) COLLATE \"C\"");
        IfDatabase("postgres").Execute.Sql("ALTER TABLE kernel_search ADD COLUMN terms tsvector NOT NULL DEFAULT ''");
        IfDatabase("postgres").Execute.Sql("CREATE INDEX ix_kernel_search_terms ON kernel_search USING gin (terms)");
        IfDatabase("sqlite").Execute.Sql(
            "CREATE VIRTUAL TABLE kernel_search_terms USING fts5(title, body, content='', contentless_delete=1, tokenize='ascii', prefix='3')");
    }
}
