using FluentMigrator;
using Plenum.Kernel.Data;

namespace Plenum.SignOn.Data;

[Migration(2026_11_24_0920, "signon: sessions, passwords, passkeys, links")]
public sealed class CreateSignOn : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("signon_credentials")
            .WithColumn("account_id").AsGuid().PrimaryKey().ForeignKey("kernel_account", "id")
            .WithColumn("password_hash").AsString(200).Nullable()
            .WithColumn("password_changed_at").AsInstant().Nullable()
            .WithColumn("scram_salt").AsBytes().NotNullable()
            .WithColumn("totp_secret").AsString(1000).Nullable()
            .WithColumn("totp_last_step").AsInt64().NotNullable();

        Create.Table("signon_recovery_code")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("account_id").AsGuid().NotNullable().ForeignKey("kernel_account", "id").Indexed("ix_signon_recovery_code_account")
            .WithColumn("hash").AsBytes().NotNullable()
            .WithColumn("used_at").AsInstant().Nullable();

        Create.Table("signon_passkey")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("account_id").AsGuid().NotNullable().ForeignKey("kernel_account", "id").Indexed("ix_signon_passkey_account")
            .WithColumn("credential_id").AsBytes().NotNullable()
            .WithColumn("public_key").AsBytes().NotNullable()
            .WithColumn("name").AsString(80).NotNullable()
            .WithColumn("transports").AsString(100).NotNullable()
            .WithColumn("sign_count").AsInt64().NotNullable()
            .WithColumn("is_user_verified").AsBoolean().NotNullable()
            .WithColumn("is_backup_eligible").AsBoolean().NotNullable()
            .WithColumn("is_backed_up").AsBoolean().NotNullable()
            .WithColumn("attestation_object").AsBytes().NotNullable()
            .WithColumn("client_data_json").AsBytes().NotNullable()
            .WithColumn("created_at").AsInstant().NotNullable()
            .WithColumn("last_used_at").AsInstant().Nullable();
        Create.Index("ux_signon_passkey_credential").OnTable("signon_passkey").OnColumn("credential_id").Unique();

        Create.Table("signon_app_password")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("account_id").AsGuid().NotNullable().ForeignKey("kernel_account", "id").Indexed("ix_signon_app_password_account")
            .WithColumn("name").AsString(80).NotNullable()
            .WithColumn("doors").AsString(100).NotNullable()
            .WithColumn("stored_key_sha1").AsBytes().NotNullable()
            .WithColumn("server_key_sha1").AsBytes().NotNullable()
            .WithColumn("stored_key_sha256").AsBytes().NotNullable()
            .WithColumn("server_key_sha256").AsBytes().NotNullable()
            .WithColumn("created_at").AsInstant().NotNullable()
            .WithColumn("last_used_at").AsInstant().Nullable()
            .WithColumn("last_used_from").AsString(45).Nullable() // the longest text form of an IPv6 address
            .WithColumn("revoked_at").AsInstant().Nullable();

        Create.Table("signon_session")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("account_id").AsGuid().NotNullable().ForeignKey("kernel_account", "id").Indexed("ix_signon_session_account")
            .WithColumn("created_at").AsInstant().NotNullable()
            .WithColumn("last_seen_at").AsInstant().NotNullable()
            .WithColumn("ended_at").AsInstant().Nullable()
            .WithColumn("address").AsString(45).NotNullable()
            .WithColumn("user_agent").AsString(300).NotNullable()
            .WithColumn("method").AsString(30).NotNullable();

        Create.Table("signon_record")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("account_id").AsGuid().NotNullable().ForeignKey("kernel_account", "id")
            .WithColumn("at").AsInstant().NotNullable()
            .WithColumn("door").AsString(20).NotNullable()
            .WithColumn("method").AsString(30).Nullable()
            .WithColumn("outcome").AsString(20).NotNullable()
            .WithColumn("address").AsString(45).NotNullable()
            .WithColumn("user_agent").AsString(300).NotNullable();
        Create.Index("ix_signon_record_account_at").OnTable("signon_record").OnColumn("account_id").Ascending().OnColumn("at").Descending();

        Create.Table("signon_link")
            .WithColumn("id").AsGuid().PrimaryKey()
            .WithColumn("secret_hash").AsBytes().NotNullable()
            .WithColumn("purpose").AsString(20).NotNullable()
            .WithColumn("account_id").AsGuid().Nullable().ForeignKey("kernel_account", "id").Indexed("ix_signon_link_account")
            .WithColumn("email").AsString(320).NotNullable()
            .WithColumn("invited_by").AsGuid().Nullable()
            .WithColumn("created_at").AsInstant().NotNullable()
            .WithColumn("expires_at").AsInstant().NotNullable()
            .WithColumn("used_at").AsInstant().Nullable();
        Create.Index("ux_signon_link_secret").OnTable("signon_link").OnColumn("secret_hash").Unique();
    }
}
