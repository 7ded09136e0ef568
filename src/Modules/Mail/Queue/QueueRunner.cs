using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plenum.Kernel.Demo;

namespace Plenum.Mail.Queue;

/// <summary>Takes due copies out of the queue and brings them on their way.</summary>
internal sealed partial class QueueRunner(QueueStore store, QueueBell bell, TimeProvider clock, ILogger<QueueRunner> log, DemoMode? demo = null) : BackgroundService
{
    private const int BatchSize = 500;
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5); // For retries that fall due and for mail of other nodes.

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (demo is { IsOn: true } && await store.LeaseAsync(BatchSize, stoppingToken) is not [] and var copies)
                {
                    await store.SpoolAsync(copies, stoppingToken);
                }

                await WaitAsync(stoppingToken);
            }
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failed);
                await Task.Delay(PollInterval, clock, stoppingToken);
            }
        }
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        using var poll = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        poll.CancelAfter(PollInterval);
        try
        {
            await bell.HeardAsync(poll.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The poll's turn.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail queue could not work; it tries again")]
    private partial void LogFailed(Exception failed);
}
