using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Jobs;

/// <summary>A job as the administration sees it.</summary>
public sealed record JobStatus(string Name, string Schedule, DateTime NextAt, bool IsRunning, JobRun? LastRun);

/// <summary>What the administration sees of the jobs and may do with them.</summary>
public sealed class JobOverview(PlenumDb db, TimeProvider clock)
{
    public async Task<IReadOnlyList<JobStatus>> JobsAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var jobs = await db.Set<ScheduledJob>().AsNoTracking().OrderBy(j => j.Name).ToListAsync(cancellation);
        var result = new List<JobStatus>();
        foreach (var job in jobs)
        {
            var last = await RunsOf(job.Name).FirstOrDefaultAsync(cancellation);
            result.Add(new(job.Name, job.Schedule, job.NextAt, job.HeldUntil > now, last));
        }

        return result;
    }

    /// <summary>Runs of a job, newest first.</summary>
    public async Task<IReadOnlyList<JobRun>> RunsAsync(string job, int skip, int take, CancellationToken cancellation)
        => await RunsOf(job).Skip(skip).Take(take).ToListAsync(cancellation);

    /// <summary>Lets a job run now, on whichever node comes first; once, however often it is asked for before that.</summary>
    /// <returns>False if there is no such job.</returns>
    public async Task<bool> RequestAsync(string job, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return await db.Set<ScheduledJob>().Where(j => j.Name == job).ExecuteUpdateAsync(j => j.SetProperty(x => x.RequestedAt, now), cancellation) > 0;
    }

    private IQueryable<JobRun> RunsOf(string job) => db.Set<JobRun>().AsNoTracking().Where(r => r.Job == job).OrderByDescending(r => r.Id);
}
