using FluentMigrator;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Jobs;

[Migration(2026_11_24_0813, "kernel: jobs and their runs")]
public sealed class CreateJobs : ForwardOnlyMigration
{
    public override void Up()
    {
        Create.Table("kernel_job")
            .WithColumn("name").AsString(120).PrimaryKey()
            .WithColumn("schedule").AsString(120).NotNullable()
            .WithColumn("next_at").AsInstant().NotNullable()
            .WithColumn("requested_at").AsInstant().Nullable()
            .WithColumn("held_by").AsString(80).Nullable()
            .WithColumn("held_until").AsInstant().Nullable();

        Create.Table("kernel_job_run")
            .WithColumn("id").AsInt64().PrimaryKey().Identity()
            .WithColumn("job").AsString(120).NotNullable()
            .WithColumn("node").AsString(80).NotNullable()
            .WithColumn("is_manual").AsBoolean().NotNullable()
            .WithColumn("started_at").AsInstant().NotNullable()
            .WithColumn("ended_at").AsInstant().Nullable()
            .WithColumn("outcome").AsString(20).NotNullable()
            .WithColumn("error").AsText().Nullable();
        Create.Index("ix_kernel_job_run_job").OnTable("kernel_job_run").OnColumn("job").Ascending().OnColumn("id");
        Create.Index("ix_kernel_job_run_started").OnTable("kernel_job_run").OnColumn("started_at");
    }
}
