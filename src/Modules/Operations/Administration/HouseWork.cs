using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Outbox;
using Plenum.Kernel.Permissions;

namespace Plenum.Operations.Administration;

/// <summary>What operators do to work that was put off. Needs <see cref="KernelPermissions.Operate"/> on the whole house; all of it is in the audit log.</summary>
public sealed class HouseWork(PlenumDb db, Access access, JobOverview jobs, OutboxOverview outbox, Audit audit)
{
    public async Task<IReadOnlyList<JobStatus>> JobsAsync(Viewer viewer, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Operate, cancellation);
        return await jobs.JobsAsync(cancellation);
    }

    public async Task<IReadOnlyList<JobRun>> RunsAsync(Viewer viewer, string job, int skip, int take, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Operate, cancellation);
        return await jobs.RunsAsync(job, skip, take, cancellation);
    }

    /// <summary>Lets a job run now. An unknown name changes nothing.</summary>
    public async Task RunNowAsync(Viewer viewer, string job, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Operate, cancellation);
        if (await jobs.RequestAsync(job, cancellation))
        {
            await RecordAsync(viewer, "operations.run-job", "job:" + job, cancellation);
        }
    }

    public async Task<IReadOnlyList<OutboxQueue>> QueuesAsync(Viewer viewer, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Operate, cancellation);
        return await outbox.QueuesAsync(cancellation);
    }

    public async Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(Viewer viewer, int skip, int take, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Operate, cancellation);
        return await outbox.DeadLettersAsync(skip, take, cancellation);
    }

    /// <summary>Tries a failed event again. One that is no longer there changes nothing.</summary>
    public async Task RetryAsync(Viewer viewer, long eventId, string handler, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Operate, cancellation);
        if (await outbox.RetryAsync(eventId, handler, cancellation))
        {
            await RecordAsync(viewer, "operations.retry-event", $"event:{eventId} {handler}", cancellation);
        }
    }

    /// <summary>Gives a failed event up for good. One that is no longer there changes nothing.</summary>
    public async Task DiscardAsync(Viewer viewer, long eventId, string handler, CancellationToken cancellation)
    {
        await access.DemandAsync(viewer, KernelPermissions.Operate, cancellation);
        if (await outbox.DiscardAsync(eventId, handler, cancellation))
        {
            await RecordAsync(viewer, "operations.discard-event", $"event:{eventId} {handler}", cancellation);
        }
    }

    private async Task RecordAsync(Viewer viewer, string action, string subject, CancellationToken cancellation)
    {
        audit.Record(db, viewer.Account, action, subject);
        await db.SaveChangesAsync(cancellation);
    }
}
