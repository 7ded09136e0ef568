using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Mail;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Demo;
using Plenum.Mail.Domain;
using Plenum.Mail.Sending;
using Plenum.Mail.Submission;

namespace Plenum.Mail.Queue;

/// <summary>Takes due copies out of the queue and puts each on its way: to a claimant of ours, to a lane, or into the demo's spool.</summary>
internal sealed partial class QueueRunner(
    QueueStore store, QueueBell bell, OutcomeDesk outcomes, AddressDirectory directory, LocalDelivery local, Consignor consignor, SmartHost smartHost,
    IOptions<MailOptions> options, TimeProvider clock, ILogger<QueueRunner> log, DemoMode? demo = null) : BackgroundService
{
    private const int BatchSize = 500;
    private const int MaxOutstanding = 4_000; // About 4 MB; the rest waits in the database.
    private const int MaxPerLane = 1_000; // More of one destination would crowd out the others.
    private const int LocalAtOnce = 16; // They share commits.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(5); // For retries that fall due and for mail of other nodes.
    private static readonly TimeSpan ReleaseInterval = TimeSpan.FromSeconds(30); // How long copies of a node that died wait at most.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10); // For transactions under way at the stop.

    private readonly ConcurrentDictionary<string, Lane> _lanes = new(StringComparer.Ordinal);
    private readonly Channel<LeasedCopy> _local = Channel.CreateUnbounded<LeasedCopy>();
    private readonly CancellationTokenSource _hard = new();
    private int _outstanding;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _hard.CancelAfter(Farewell);
        await base.StopAsync(cancellationToken);
        while (_lanes.Values.Any(l => l.HasConnections) && !cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }
    }

    public override void Dispose()
    {
        _hard.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        outcomes.Recorded += Done;
        return Task.WhenAll([RunAsync(stoppingToken), .. Enumerable.Range(0, LocalAtOnce).Select(_ => DeliverHereAsync(stoppingToken))]);
    }

    private async Task RunAsync(CancellationToken stoppingToken)
    {
        var released = 0L; // Counted by the clock that never jumps.
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (released == 0 || clock.GetElapsedTime(released) > ReleaseInterval)
                {
                    await store.ReleaseAsync(stoppingToken);
                    await store.HastenAsync(2 * options.Value.LongestRetry, stoppingToken);
                    released = clock.GetTimestamp();
                }

                while (await TakeAsync(stoppingToken))
                {
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

    private void Done(int count) => Interlocked.Add(ref _outstanding, -count);

    /// <returns>True if there may be more to take at once.</returns>
    private async Task<bool> TakeAsync(CancellationToken cancellation)
    {
        foreach (var (name, lane) in _lanes.Where(l => l.Value.IsIdle))
        {
            _lanes.TryRemove(new(name, lane));
        }

        var room = Math.Min(BatchSize, MaxOutstanding - Volatile.Read(ref _outstanding));
        if (room <= 0)
        {
            return false;
        }

        var crowded = _lanes.Values.Where(l => l.Waiting >= MaxPerLane).Select(l => l.Name).ToList();
        if (smartHost.IsOn && crowded.Count > 0)
        {
            return false;
        }

        var copies = await store.LeaseAsync(room, crowded, cancellation);
        Interlocked.Add(ref _outstanding, copies.Count);
        await SendOffAsync(copies, cancellation);
        return copies.Count > 0;
    }

    private async Task SendOffAsync(IReadOnlyList<LeasedCopy> copies, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var suppressed = await store.SuppressedAsync([.. copies.Select(c => c.Address)], cancellation);
        var settled = new List<CopyOutcome>();
        var remote = new List<LeasedCopy>();
        foreach (var copy in copies)
        {
            if (suppressed.Contains(copy.Address) && copy.Message.Source != SubmissionRules.Source)
            {
                settled.Add(new() { Copy = copy, State = RecipientState.Dropped, Failure = DeliveryOutcome.Dropped, Status = "5.7.1", Diagnostic = "The address is on the suppression list" });
            }
            else if (now >= copy.Message.ExpiresAt && copy.Attempts > 0)
            {
                remote.Add(copy); // The last try.
            }
            else if (now >= copy.Message.ExpiresAt)
            {
                settled.Add(CopyOutcome.Failed(copy, "5.4.7", "Expired before it could be tried", DeliveryOutcome.Expired));
            }
            else if (await directory.IsLocalAsync(copy.Domain, cancellation))
            {
                await _local.Writer.WriteAsync(copy, cancellation);
            }
            else
            {
                remote.Add(copy);
            }
        }

        if (demo is { IsOn: true } && !smartHost.IsOn)
        {
            settled.AddRange(remote.Select(c => new CopyOutcome { Copy = c, State = RecipientState.Spooled, Diagnostic = "The demo lets no mail out" }));
        }
        else
        {
            foreach (var lane in remote.GroupBy(c => smartHost.IsOn ? Consignor.SmartHostLane : c.Domain, StringComparer.Ordinal))
            {
                Find(lane.Key, cancellation).Add([.. lane]);
            }
        }

        await outcomes.RecordAsync(settled);
    }

    private Lane Find(string name, CancellationToken stopping)
        => _lanes.GetOrAdd(name, _ => new(
            name, name == Consignor.SmartHostLane ? options.Value.ConnectionsToSmartHost : options.Value.ConnectionsPerDestination, consignor, outcomes, log, stopping, _hard.Token));

    private async Task DeliverHereAsync(CancellationToken stopping)
    {
        await foreach (var copy in _local.Reader.ReadAllAsync(stopping))
        {
            if (await local.DeliverAsync(copy))
            {
                Done(1);
            }
        }
    }

    private async Task WaitAsync(CancellationToken cancellation)
    {
        using var poll = new CancellationTokenSource(PollInterval, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(poll.Token, cancellation);
        try
        {
            await bell.HeardAsync(both.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The poll's turn.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The mail queue could not work; it tries again")]
    private partial void LogFailed(Exception failed);
}
