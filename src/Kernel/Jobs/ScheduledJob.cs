using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Jobs;

/// <summary>When a job is due, and which node is at it.</summary>
internal sealed class ScheduledJob
{
    public required string Name { get; init; }

    public required string Schedule { get; init; }

    /// <summary>Moves on when a run has ended, so a run that died with its node is due again.</summary>
    public DateTime NextAt { get; init; }

    public DateTime? RequestedAt { get; init; }

    public string? HeldBy { get; init; }

    public DateTime? HeldUntil { get; init; }
}

public enum JobOutcome
{
    Running,
    Done,
    Failed,

    /// <summary>The node stopped or died while the job ran.</summary>
    Interrupted,
}

/// <summary>One run of a job, for the log of the administration.</summary>
public sealed class JobRun
{
    public long Id { get; private init; }

    public required string Job { get; init; }

    public required string Node { get; init; }

    /// <summary>Asked for by a person.</summary>
    public bool IsManual { get; init; }

    public DateTime StartedAt { get; init; }

    public DateTime? EndedAt { get; internal set; }

    public JobOutcome Outcome { get; internal set; }

    public string? Error { get; internal set; }
}

internal sealed class JobsModel : IModelContributor
{
    public void Build(ModelBuilder model)
    {
        model.Entity<ScheduledJob>(job =>
        {
            job.ToTable("kernel_job");
            job.HasKey(j => j.Name);
        });
        model.Entity<JobRun>().ToTable("kernel_job_run");
    }
}
