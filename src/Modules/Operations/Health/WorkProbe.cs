using Plenum.Kernel.Health;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Outbox;

namespace Plenum.Operations.Health;

/// <summary>Does work that was put off get done: outbox and jobs?</summary>
internal sealed class WorkProbe(OutboxOverview outbox, JobOverview jobs, TimeProvider clock) : IHealthProbe
{
    private static readonly TimeSpan LateAfter = TimeSpan.FromMinutes(5); // Events are handled within a second; retries end after four minutes.

    public HealthDepth Depth => HealthDepth.Overview;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var queues = await outbox.QueuesAsync(cancellation);
        var (pending, dead) = (queues.Sum(q => q.Pending), queues.Sum(q => q.Dead));
        var late = queues.Where(q => q.Pending > 0 && now - q.OldestAt > LateAfter).ToList();
        var findings = new List<Finding>
        {
            late is [] ? new("queue", HealthState.Good, "health.outbox.flows", pending)
                : new("queue", HealthState.Warning, "health.outbox.late", string.Join(", ", late.Select(q => q.Handler)), (int)(now - late.Min(q => q.OldestAt)).TotalMinutes),
        };
        if (dead > 0)
        {
            findings.Add(new("queue", HealthState.Warning, "health.outbox.dead", dead));
        }

        var all = await jobs.JobsAsync(cancellation);
        var failing = all.Where(j => j.LastRun?.Outcome == JobOutcome.Failed).Select(j => j.Name).ToList();
        findings.Add(failing is []
            ? new("queue", HealthState.Good, "health.jobs.fine", all.Count)
            : new("queue", HealthState.Warning, "health.jobs.failing", string.Join(", ", failing)));
        return findings;
    }
}
