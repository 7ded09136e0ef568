using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;

namespace Plenum.Kernel.Jobs;

/// <summary>
/// Runs what is due. The schedule lies in the database: a node takes a job by a lease, renews it while the job runs, and moves the
/// schedule on afterwards. So a missed time is made up for once, one node runs a job at a time, and a run that dies is repeated.
/// </summary>
public sealed partial class JobRunner(
    IEnumerable<JobRegistration> jobs, IOptions<HouseOptions> house, IServiceScopeFactory scopes, TimeProvider clock, ILogger<JobRunner> log) : BackgroundService
{
    private const int MaxErrorLength = 4_000;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1); // A dead node's job waits this long for another node.
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan[] Retries = [.. new[] { 1, 5, 15, 30, 60 }.Select(m => TimeSpan.FromMinutes(m))];
    private static readonly TimeSpan KeepRuns = TimeSpan.FromDays(90);
    private static readonly Meter Meter = new("Plenum.Jobs");
    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>("plenum.jobs.duration", "s");
    private readonly List<JobRegistration> _jobs = [.. jobs];
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(house.Value.TimeZone);
    private readonly Dictionary<string, Task> _running = new(StringComparer.Ordinal);
    private readonly string _node = $"{Environment.MachineName[..Math.Min(Environment.MachineName.Length, 40)]}-{Guid.CreateVersion7():N}";

    /// <summary>Starts what is due on this node now.</summary>
    /// <returns>The runs this call started.</returns>
    public async Task<IReadOnlyList<Task>> StartDueAsync(CancellationToken cancellation)
    {
        foreach (var ended in _running.Where(r => r.Value.IsCompleted).Select(r => r.Key).ToList())
        {
            _running.Remove(ended);
        }

        var started = new List<Task>();
        foreach (var (job, isManual) in await DueAsync(cancellation))
        {
            if (await TakeAsync(job, cancellation))
            {
                started.Add(_running[job.Name] = Task.Run(() => RunAsync(job, isManual, cancellation), CancellationToken.None));
            }
        }

        return started;
    }

    /// <summary>Writes the schedule of jobs that are new or have another schedule than before.</summary>
    public async Task RegisterAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenumDb>();
        var now = Now;
        foreach (var job in _jobs)
        {
            var (schedule, next) = (job.Schedule.ToString(), job.NextAfter(now, _zone));
            await db.Database.ExecuteSqlAsync(
                $"""
                 INSERT INTO kernel_job (name, schedule, next_at) VALUES ({job.Name}, {schedule}, {next})
                 ON CONFLICT (name) DO UPDATE SET schedule = excluded.schedule, next_at = excluded.next_at WHERE kernel_job.schedule <> excluded.schedule
                 """,
                cancellation);
        }

        if (!db.IsPostgreSql)
        {
            // The data folder is this process's alone, so whoever held a lease is dead.
            await db.Set<ScheduledJob>().ExecuteUpdateAsync(j => j.SetProperty(x => x.HeldUntil, (DateTime?)null), cancellation);
        }

        var old = now - KeepRuns;
        await db.Set<JobRun>().Where(r => r.StartedAt < old).ExecuteDeleteAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var registered = false;
        try
        {
            do
            {
                try
                {
                    if (!registered)
                    {
                        await RegisterAsync(stoppingToken);
                        registered = true;
                    }

                    await StartDueAsync(stoppingToken);
                }
                catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
                {
                    LogUnreachable(failed);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            await Task.WhenAll(_running.Values);
        }
    }

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private async Task<List<(JobRegistration Job, bool IsManual)>> DueAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var rows = await scope.ServiceProvider.GetRequiredService<PlenumDb>().Set<ScheduledJob>().AsNoTracking().ToDictionaryAsync(j => j.Name, cancellation);
        var (now, due) = (Now, new List<(JobRegistration, bool)>());
        foreach (var job in _jobs.Where(j => !_running.ContainsKey(j.Name)))
        {
            if (rows.TryGetValue(job.Name, out var row) && IsFree(row, now))
            {
                // A due time beyond the next one was written by a clock that ran ahead.
                var isDue = row.NextAt <= now || row.NextAt > job.NextAfter(now, _zone);
                if (isDue || row.RequestedAt is not null)
                {
                    due.Add((job, row.RequestedAt is not null));
                }
            }
        }

        return due;
    }

    // Nobody takes a lease for longer than one lease: what lies further ahead was written by a clock that ran ahead.
    private static bool IsFree(ScheduledJob row, DateTime now) => row.HeldUntil is not { } until || until < now || until > now + (2 * Lease);

    private async Task<bool> TakeAsync(JobRegistration job, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenumDb>();
        var (now, next) = (Now, job.NextAfter(Now, _zone));
        var (until, ahead) = (now + Lease, now + (2 * Lease));
        var taken = await db.Set<ScheduledJob>()
            .Where(j => j.Name == job.Name && (j.NextAt <= now || j.NextAt > next || j.RequestedAt != null) && (j.HeldUntil == null || j.HeldUntil < now || j.HeldUntil > ahead))
            .ExecuteUpdateAsync(j => j.SetProperty(x => x.HeldBy, _node).SetProperty(x => x.HeldUntil, until), cancellation);
        if (taken == 0)
        {
            return false; // Another node was faster.
        }

        await db.Set<JobRun>().Where(r => r.Job == job.Name && r.Outcome == JobOutcome.Running)
            .ExecuteUpdateAsync(r => r.SetProperty(x => x.Outcome, JobOutcome.Interrupted).SetProperty(x => x.EndedAt, now), cancellation);
        return true;
    }

    private async Task RunAsync(JobRegistration job, bool isManual, CancellationToken stopping)
    {
        try
        {
            var run = new JobRun { Job = job.Name, Node = _node, IsManual = isManual, StartedAt = Now, Outcome = JobOutcome.Running };
            await SaveAsync(db => db.Add(run));
            var started = clock.GetTimestamp();
            (run.Outcome, run.Error) = await RunHeldAsync(job, stopping);
            run.EndedAt = Now;
            await SaveAsync(db => db.Update(run));
            await ReleaseAsync(job, run.Outcome);
            Durations.Record(clock.GetElapsedTime(started).TotalSeconds, new("job", job.Name), new("outcome", run.Outcome.ToString()));
        }
        catch (Exception failed)
        {
            LogFailed(failed, job.Name); // The lease runs out, and the job is due again.
        }
    }

    private async Task<(JobOutcome Outcome, string? Error)> RunHeldAsync(JobRegistration job, CancellationToken stopping)
    {
        using var held = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var ended = new CancellationTokenSource();
        var renewing = RenewAsync(job, held, ended.Token);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await ((IJob)scope.ServiceProvider.GetRequiredService(job.JobType)).RunAsync(held.Token);
            return (JobOutcome.Done, null);
        }
        catch (OperationCanceledException) when (held.IsCancellationRequested)
        {
            return (JobOutcome.Interrupted, null);
        }
        catch (Exception failed)
        {
            LogFailed(failed, job.Name);
            var error = failed.ToString().Replace('\0', '?');
            return (JobOutcome.Failed, error.Length > MaxErrorLength ? error[..MaxErrorLength] : error);
        }
        finally
        {
            await ended.CancelAsync();
            await renewing;
        }
    }

    /// <summary>Keeps the lease; stops the job if it was lost, because another node may be at it already.</summary>
    private async Task RenewAsync(JobRegistration job, CancellationTokenSource held, CancellationToken ended)
    {
        try
        {
            using var timer = new PeriodicTimer(Renewal, clock);
            while (await timer.WaitForNextTickAsync(ended))
            {
                await using var scope = scopes.CreateAsyncScope();
                var until = Now + Lease;
                if (await Held(scope, job).ExecuteUpdateAsync(j => j.SetProperty(x => x.HeldUntil, until), ended) == 0)
                {
                    await held.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The job is over.
        }
        catch (Exception failed)
        {
            LogFailed(failed, job.Name);
            await held.CancelAsync();
        }
    }

    private async Task ReleaseAsync(JobRegistration job, JobOutcome outcome)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = Now;
        if (outcome == JobOutcome.Interrupted)
        {
            await Held(scope, job).ExecuteUpdateAsync(j => j.SetProperty(x => x.HeldUntil, (DateTime?)null)); // Due again at the next start.
            return;
        }

        var next = job.NextAfter(now, _zone);
        if (outcome == JobOutcome.Failed && await RetryAsync(scope, job) is { } wait && now + wait < next)
        {
            next = now + wait;
        }

        await Held(scope, job).ExecuteUpdateAsync(j => j
            .SetProperty(x => x.NextAt, next).SetProperty(x => x.RequestedAt, (DateTime?)null).SetProperty(x => x.HeldUntil, (DateTime?)null));
    }

    /// <returns>How long to wait before the next try; null after too many failures in a row.</returns>
    private static async Task<TimeSpan?> RetryAsync(AsyncServiceScope scope, JobRegistration job)
    {
        var runs = scope.ServiceProvider.GetRequiredService<PlenumDb>().Set<JobRun>().Where(r => r.Job == job.Name && r.Outcome != JobOutcome.Interrupted);
        var last = await runs.OrderByDescending(r => r.Id).Take(Retries.Length + 1).Select(r => r.Outcome).ToListAsync();
        var failures = last.TakeWhile(o => o == JobOutcome.Failed).Count();
        return failures is 0 || failures > Retries.Length ? null : Retries[failures - 1];
    }

    private IQueryable<ScheduledJob> Held(AsyncServiceScope scope, JobRegistration job)
        => scope.ServiceProvider.GetRequiredService<PlenumDb>().Set<ScheduledJob>().Where(j => j.Name == job.Name && j.HeldBy == _node);

    private async Task SaveAsync(Action<PlenumDb> change)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenumDb>();
        change(db);
        await db.SaveChangesAsync();
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Job} failed")]
    private partial void LogFailed(Exception failed, string job);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The jobs' schedule cannot be read; it is tried again")]
    private partial void LogUnreachable(Exception failed);
}
