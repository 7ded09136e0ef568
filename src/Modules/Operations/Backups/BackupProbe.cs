using Microsoft.Extensions.Options;
using Plenum.Kernel.Health;

namespace Plenum.Operations.Backups;

/// <summary>Is there a backup, and is it fresh?</summary>
internal sealed class BackupProbe(BackupLog log, IOptions<OperationsOptions> options, TimeProvider clock) : IHealthProbe
{
    public HealthDepth Depth => HealthDepth.Overview;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellation)
    {
        if (await log.LastAsync(cancellation) is not { } last)
        {
            return [new("backup", HealthState.Warning, "health.backup.none")];
        }

        var findings = new List<Finding>
        {
            new("backup", clock.GetUtcNow().UtcDateTime - last.TakenAt <= options.Value.BackupExpectedEvery ? HealthState.Good : HealthState.Warning,
                clock.GetUtcNow().UtcDateTime - last.TakenAt <= options.Value.BackupExpectedEvery ? "health.backup.fresh" : "health.backup.old", last.TakenAt, last.File),
        };
        if (last.LostBlobs > 0)
        {
            findings.Add(new("backup", HealthState.Bad, "health.backup.lost-blobs", last.LostBlobs));
        }

        return findings;
    }
}
