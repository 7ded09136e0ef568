using Microsoft.Extensions.Options;
using Plenum.Kernel.Data;
using Plenum.Kernel.Health;

namespace Plenum.Operations.Health;

/// <summary>Is there room in the data folder, and may it be written?</summary>
internal sealed class DiskProbe(DataFolder folder, IOptions<OperationsOptions> options) : IHealthProbe
{
    private const int WarnBelowPercent = 10;
    private const long Megabyte = 1_000_000;

    public HealthDepth Depth => HealthDepth.Readiness;

    public bool NeedsDatabase => false;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellation)
    {
        var disk = new DriveInfo(folder.Root);
        var (free, all) = (disk.AvailableFreeSpace, disk.TotalSize);
        var room = (ByteSize.Of(free), free * 100 / Math.Max(all, 1));
        if (free < options.Value.MinFreeMegabytes * Megabyte)
        {
            return [new("disk", HealthState.Bad, "health.disk.full", room.Item1, room.Item2)];
        }

        var probe = Path.Combine(folder.Root, $".write-probe-{Environment.ProcessId}-{Guid.NewGuid():N}");
        try
        {
            await File.WriteAllBytesAsync(probe, new byte[512], cancellation);
            File.Delete(probe);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return [new("disk", HealthState.Bad, "health.disk.read-only", folder.Root, refused.Message)];
        }

        return [new("disk", room.Item2 < WarnBelowPercent ? HealthState.Warning : HealthState.Good, room.Item2 < WarnBelowPercent ? "health.disk.low" : "health.disk.room", room.Item1, room.Item2)];
    }
}
