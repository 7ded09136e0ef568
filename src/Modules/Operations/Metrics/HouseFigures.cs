using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plenum.Kernel.Data;
using Plenum.Kernel.Jobs;
using Plenum.Kernel.Outbox;
using Plenum.Operations.Health;

namespace Plenum.Operations.Metrics;

/// <summary>
/// Figures of the house that stand in the database, as gauges: they are read here on a schedule, so that a scrape never waits for a query.
/// In a cluster every node reports the same values; take one of them, not the sum.
/// </summary>
internal sealed partial class HouseFigures : BackgroundService
{
    private const int SlowEvery = 20; // Sums over large tables: every five minutes.
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15); // The usual scrape interval of Prometheus.
    private readonly IServiceScopeFactory _scopes;
    private readonly DataFolder _folder;
    private readonly TimeProvider _clock;
    private readonly ILogger<HouseFigures> _log;
    private readonly Meter _meter = new("Plenum.House");
    private volatile Sample _sample = new();

    public HouseFigures(IServiceScopeFactory scopes, DataFolder folder, TimeProvider clock, ILogger<HouseFigures> log)
    {
        (_scopes, _folder, _clock, _log) = (scopes, folder, clock, log);
        _meter.CreateObservableGauge("plenum.outbox.pending", () => _sample.OutboxPending, "{event}", "Events waiting for a handler");
        _meter.CreateObservableGauge("plenum.outbox.dead", () => _sample.OutboxDead, "{event}", "Events a handler failed on too often");
        _meter.CreateObservableGauge("plenum.outbox.lag", () => _sample.OutboxLag, "s", "Age of the oldest waiting event");
        _meter.CreateObservableGauge("plenum.jobs.failed", () => _sample.JobsFailed, "{job}", "Jobs whose last run failed");
        _meter.CreateObservableGauge("plenum.database.size", () => _sample.DatabaseBytes, "By", "What the database takes on disk");
        _meter.CreateObservableGauge("plenum.blobs.size", () => _sample.BlobBytes, "By", "Octets in the blob store");
        _meter.CreateObservableGauge("plenum.blobs.count", () => _sample.Blobs, "{blob}", "Blobs in the store");
        _meter.CreateObservableGauge("plenum.disk.free", () => new DriveInfo(_folder.Root).AvailableFreeSpace, "By", "Room in the data folder");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    /// <summary>Reads the figures now.</summary>
    /// <param name="withSums">Also those that cost a walk over a large table.</param>
    public async Task SampleAsync(bool withSums, CancellationToken cancellation)
    {
        await using var scope = _scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenumDb>();
        var now = _clock.GetUtcNow().UtcDateTime;
        var queues = await scope.ServiceProvider.GetRequiredService<OutboxOverview>().QueuesAsync(cancellation);
        var jobs = await scope.ServiceProvider.GetRequiredService<JobOverview>().JobsAsync(cancellation);
        var next = _sample with
        {
            OutboxPending = queues.Sum(q => q.Pending),
            OutboxDead = queues.Sum(q => q.Dead),
            OutboxLag = queues.Where(q => q.Pending > 0).Select(q => Math.Max(0, (now - q.OldestAt).TotalSeconds)).DefaultIfEmpty(0).Max(),
            JobsFailed = jobs.Count(j => j.LastRun?.Outcome == JobOutcome.Failed),
            DatabaseBytes = await DatabaseSize.ReadAsync(db, cancellation),
        };
        if (withSums)
        {
            var blobs = (await db.Database.SqlQuery<BlobSums>($"SELECT COUNT(*) AS count, CAST(COALESCE(SUM(length), 0) AS bigint) AS octets FROM kernel_blob").ToListAsync(cancellation)).Single();
            next = next with { Blobs = blobs.Count, BlobBytes = blobs.Octets };
        }

        _sample = next;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        var round = 0;
        do
        {
            try
            {
                await SampleAsync(round++ % SlowEvery == 0, stoppingToken);
            }
            catch (Exception failed) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(failed);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The figures for monitoring could not be read; the last ones stay")]
    private partial void LogFailed(Exception failed);

    private sealed record BlobSums(long Count, long Octets);

    private sealed record Sample
    {
        public long OutboxPending { get; init; }

        public long OutboxDead { get; init; }

        public double OutboxLag { get; init; }

        public long JobsFailed { get; init; }

        public long DatabaseBytes { get; init; }

        public long Blobs { get; init; }

        public long BlobBytes { get; init; }
    }
}
