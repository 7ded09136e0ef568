using FluentMigrator;
using Plenum.Kernel.Data;

namespace Plenum.Discussions.Data;

[Migration(2026_11_24_1020, "discussions: boards, threads, posts, subscriptions")]
public sealed class CreateDiscussions : ForwardOnlyMigration
{
    public override void Up()
    {
        CreateBoards();
        CreatePosts();
        CreateAttachments();
        CreateReaders();
        Insert.IntoTable("kernel_stamp").Row(new { name = "discussions.boards", value = Guid.Empty }).Row(new { name = "discussions.posts", value = Guid.Empty });
    }

    private void CreateBoards()
    {
        Create.Table("discussions_board")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("unit_id").AsGuid().NotNullable().ForeignKey("kernel_unit", "id").Indexed("ix_discussions_board_unit")
            .WithColumn("slug").AsString(80).NotNullable()
            .WithColumn("title").AsString(120).NotNullable()
            .WithColumn("description").AsString(2000).NotNullable()
            .WithColumn("language").AsString(2).NotNullable()
            .WithColumn("local_part").AsString(30).Nullable()
            .WithColumn("domain").AsString(255).Nullable()
            .WithColumn("reader_audience_id").AsInt32().NotNullable().ForeignKey("kernel_audience", "id")
            .WithColumn("writer_audience_id").AsInt32().Nullable().ForeignKey("kernel_audience", "id")
            .WithColumn("strangers").AsString(10).NotNullable()
            .WithColumn("created_at").AsInstant().NotNullable()
            .WithColumn("closed_at").AsInstant().Nullable();
        Create.Index("ux_discussions_board_slug").OnTable("discussions_board").OnColumn("slug").Unique();
        Create.Index("ux_discussions_board_address").OnTable("discussions_board").OnColumn("local_part").Ascending().OnColumn("domain").Unique();

        Create.Table("discussions_thread")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("board_id").AsGuid().NotNullable().ForeignKey("discussions_board", "id")
            .WithColumn("slug").AsString(80).NotNullable()
            .WithColumn("subject").AsString(300).NotNullable()
            .WithColumn("subject_key").AsString(300).NotNullable()
            .WithColumn("first_post_id").AsGuid().NotNullable()
            .WithColumn("last_post_id").AsGuid().NotNullable()
            .WithColumn("started_by").AsString(120).NotNullable()
            .WithColumn("started_at").AsInstant().NotNullable()
            .WithColumn("last_post_by").AsString(120).NotNullable()
            .WithColumn("last_post_at").AsInstant().NotNullable()
            .WithColumn("posts").AsInt32().NotNullable()
            .WithColumn("merged_into").AsGuid().Nullable();
        Create.Index("ux_discussions_thread_slug").OnTable("discussions_thread").OnColumn("board_id").Ascending().OnColumn("slug").Unique();
        Create.Index("ix_discussions_thread_last").OnTable("discussions_thread").OnColumn("board_id").Ascending().OnColumn("last_post_at").Descending();
        Create.Index("ix_discussions_thread_started").OnTable("discussions_thread").OnColumn("board_id").Ascending().OnColumn("started_at").Descending();
        Create.Index("ix_discussions_thread_subject").OnTable("discussions_thread").OnColumn("board_id").Ascending().OnColumn("subject_key");
    }

    private void CreatePosts()
    {
        Create.Table("discussions_post")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("board_id").AsGuid().NotNullable().ForeignKey("discussions_board", "id")
            .WithColumn("thread_id").AsGuid().Nullable().ForeignKey("discussions_thread", "id")
            .WithColumn("parent_id").AsGuid().Nullable()
            .WithColumn("state").AsString(10).NotNullable()
            .WithColumn("held_for").AsString(20).NotNullable()
            .WithColumn("origin").AsString(10).NotNullable()
            .WithColumn("author_id").AsGuid().Nullable().ForeignKey("kernel_account", "id").Indexed("ix_discussions_post_author")
            .WithColumn("author_name").AsString(120).NotNullable()
            .WithColumn("author_address").AsString(320).NotNullable()
            .WithColumn("message_id").AsString(1000).NotNullable() // a header line has 998 octets at most, RFC 5322 §2.1.1
            .WithColumn("hash").AsString(32).NotNullable()
            .WithColumn("content_hash").AsString(52).NotNullable()
            .WithColumn("parent_hash").AsString(32).Nullable()
            .WithColumn("reference_ids").AsString(4000).NotNullable()
            .WithColumn("subject").AsString(300).NotNullable()
            .WithColumn("posted_at").AsInstant().NotNullable()
            .WithColumn("received_at").AsInstant().NotNullable()
            .WithColumn("blob").AsString(64).NotNullable()
            .WithColumn("size_bytes").AsInt64().NotNullable()
            .WithColumn("keeps_from").AsBoolean().NotNullable()
            .WithColumn("chain_results").AsString(4000).Nullable()
            .WithColumn("chain_status").AsString(12).NotNullable()
            .WithColumn("chain_instances").AsInt32().NotNullable()
            .WithColumn("attachments").AsInt32().NotNullable();
        Create.Index("ux_discussions_post_hash").OnTable("discussions_post").OnColumn("board_id").Ascending().OnColumn("hash").Unique();
        Create.Index("ix_discussions_post_thread").OnTable("discussions_post").OnColumn("thread_id").Ascending().OnColumn("posted_at").Ascending().OnColumn("id");
        Create.Index("ix_discussions_post_board").OnTable("discussions_post").OnColumn("board_id").Ascending().OnColumn("state").Ascending().OnColumn("posted_at").Descending();
        Create.Index("ix_discussions_post_parent").OnTable("discussions_post").OnColumn("board_id").Ascending().OnColumn("parent_hash");

        Create.Table("discussions_body")
            .WithColumn("post_id").AsGuid().PrimaryKey().ForeignKey("discussions_post", "id")
            .WithColumn("format").AsString(10).NotNullable()
            .WithColumn("text").AsText().NotNullable()
            .WithColumn("html").AsText().Nullable()
            .WithColumn("is_cut").AsBoolean().NotNullable();

        Create.Table("discussions_expected")
            .WithColumn("board_id").AsGuid().NotNullable().PrimaryKey("pk_discussions_expected").ForeignKey("discussions_board", "id")
            .WithColumn("hash").AsString(32).NotNullable().PrimaryKey("pk_discussions_expected")
            .WithColumn("thread_id").AsGuid().NotNullable().ForeignKey("discussions_thread", "id").Indexed("ix_discussions_expected_thread");
    }

    private void CreateAttachments()
    {
        Create.Table("discussions_attachment")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("board_id").AsGuid().NotNullable().ForeignKey("discussions_board", "id")
            .WithColumn("post_id").AsGuid().Nullable().ForeignKey("discussions_post", "id").Indexed("ix_discussions_attachment_post")
            .WithColumn("uploader_id").AsGuid().Nullable().ForeignKey("kernel_account", "id").Indexed("ix_discussions_attachment_uploader")
            .WithColumn("position").AsInt32().NotNullable()
            .WithColumn("name").AsString(200).NotNullable()
            .WithColumn("media_type").AsString(100).NotNullable()
            .WithColumn("content_id").AsString(250).Nullable()
            .WithColumn("blob").AsString(64).NotNullable()
            .WithColumn("size_bytes").AsInt64().NotNullable()
            .WithColumn("created_at").AsInstant().NotNullable();
    }

    private void CreateReaders()
    {
        Create.Table("discussions_subscription")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("board_id").AsGuid().NotNullable().ForeignKey("discussions_board", "id")
            .WithColumn("account_id").AsGuid().Nullable().ForeignKey("kernel_account", "id").Indexed("ix_discussions_subscription_account")
            .WithColumn("address").AsString(320).Nullable() // 64 + "@" + 255, RFC 5321 §4.5.3.1
            .WithColumn("delivery").AsString(10).NotNullable()
            .WithColumn("token").AsString(20).NotNullable()
            .WithColumn("created_at").AsInstant().NotNullable()
            .WithColumn("confirmed_at").AsInstant().Nullable()
            .WithColumn("bounce_score").AsInt32().NotNullable()
            .WithColumn("last_bounce_at").AsInstant().Nullable()
            .WithColumn("suspended_at").AsInstant().Nullable();
        Create.Index("ux_discussions_subscription_account").OnTable("discussions_subscription").OnColumn("board_id").Ascending().OnColumn("account_id").Unique();
        Create.Index("ux_discussions_subscription_address").OnTable("discussions_subscription").OnColumn("board_id").Ascending().OnColumn("address").Unique();
        Create.Index("ux_discussions_subscription_token").OnTable("discussions_subscription").OnColumn("token").Unique();

        Create.Table("discussions_reading")
            .WithColumn("account_id").AsGuid().NotNullable().PrimaryKey("pk_discussions_reading").ForeignKey("kernel_account", "id")
            .WithColumn("thread_id").AsGuid().NotNullable().PrimaryKey("pk_discussions_reading").ForeignKey("discussions_thread", "id")
            .WithColumn("read_up_to").AsInstant().NotNullable();
        Create.Table("discussions_board_mark")
            .WithColumn("account_id").AsGuid().NotNullable().PrimaryKey("pk_discussions_board_mark").ForeignKey("kernel_account", "id")
            .WithColumn("board_id").AsGuid().NotNullable().PrimaryKey("pk_discussions_board_mark").ForeignKey("discussions_board", "id")
            .WithColumn("read_up_to").AsInstant().NotNullable();
        Create.Table("discussions_import")
            .WithColumn("board_id").AsGuid().NotNullable().PrimaryKey("pk_discussions_import").ForeignKey("discussions_board", "id")
            .WithColumn("source").AsString(64).NotNullable().PrimaryKey("pk_discussions_import")
            .WithColumn("done_bytes").AsInt64().NotNullable()
            .WithColumn("updated_at").AsInstant().NotNullable();
    }
}
