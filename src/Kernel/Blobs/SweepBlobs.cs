using Microsoft.Extensions.Logging;
using Plenum.Kernel.Jobs;

namespace Plenum.Kernel.Blobs;

/// <summary>Removes blobs nobody needs. Safe to run twice: what is due is asked of the database.</summary>
internal sealed partial class SweepBlobs(BlobUpkeep upkeep, ILogger<SweepBlobs> log) : IJob
{
    public async Task RunAsync(CancellationToken cancellation)
    {
        var swept = await upkeep.SweepAsync(cancellation);
        LogSwept(swept);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} blobs swept")]
    private partial void LogSwept(int count);
}
