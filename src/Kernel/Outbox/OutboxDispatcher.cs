using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Outbox;

/// <summary>Hands committed events to their handlers, each handler on its own: one that fails holds up nobody else.</summary>
public sealed partial class OutboxDispatcher(
    EventCatalog events, OutboxSignal signal, IServiceScopeFactory scopes, TimeProvider clock, ILogger<OutboxDispatcher> log) : BackgroundService
{
    /// <summary>Failures after which an event is put aside as a dead letter, about four minutes after the first.</summary>
    public const int MaxAttempts = 9;

    private const int MaxBatch = 50;
    private const int MaxErrorLength = 4_000;
    private static readonly TimeSpan MaxBatchTime = TimeSpan.FromMilliseconds(50); // On SQLite a batch holds the only writer.
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1); // For retries and for events other nodes left behind.
    private static readonly TimeSpan PurgeInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaxBackoff = TimeSpan.FromMinutes(1);
    private static readonly Meter Meter = new("Plenum.Outbox");
    private static readonly Counter<long> Handled = Meter.CreateCounter<long>("plenum.outbox.handled", "{event}");
    private static readonly Counter<long> Failed = Meter.CreateCounter<long>("plenum.outbox.failed", "{event}");

    /// <summary>Handles everything that is due now, and what follows from it, and then returns. For verbs and tests, where no dispatcher runs.</summary>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        await using (var scope = scopes.CreateAsyncScope())
        {
            await RegisterHandlersAsync(scope.ServiceProvider.GetRequiredService<PlenumDb>(), cancellation);
        }

        bool delivered;
        do
        {
            delivered = false;
            foreach (var handler in events.Handlers)
            {
                for (var batch = await DeliverAsync(handler, MaxBatch, cancellation); batch is { } next; batch = await DeliverAsync(handler, next, cancellation))
                {
                    delivered = true;
                }
            }
        }
        while (delivered);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await TryAsync(RegisterHandlersAsync, stoppingToken))
        {
            await Task.Delay(PollInterval, clock, stoppingToken);
        }

        await Task.WhenAll([.. events.Handlers.Select(handler => WorkAsync(handler, stoppingToken)), PollAsync(stoppingToken)]);
    }

    private async Task WorkAsync(string handler, CancellationToken cancellation)
    {
        var batch = MaxBatch;
        while (await signal.HeardAsync(handler, cancellation))
        {
            try
            {
                while (await DeliverAsync(handler, batch, cancellation) is { } next)
                {
                    batch = next;
                }

                batch = MaxBatch;
            }
            catch (Exception failed) when (!cancellation.IsCancellationRequested)
            {
                LogWorkFailed(failed, handler); // The poll rings again.
            }
        }
    }

    /// <summary>Handles what is due, in one transaction.</summary>
    /// <returns>The size of the next batch, or null if nothing is left to do now.</returns>
    private async Task<int?> DeliverAsync(string handler, int batch, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenumDb>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (db.IsPostgreSql && !await TakeAsync(db, handler, cancellation))
        {
            return null;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var pending = await db.Set<OutboxDelivery>().AsNoTracking().Where(d => d.Handler == handler && d.State == DeliveryState.Pending)
            .OrderBy(d => d.EventId).Take(batch)
            .Select(d => new PendingEvent(d.EventId, d.Event.Name, d.Event.Payload, d.Attempts, d.DueAt))
            .ToListAsync(cancellation);
        var started = clock.GetTimestamp();
        var done = new List<long>();
        foreach (var next in pending.TakeWhile(p => IsDue(p.Attempts, p.DueAt, now)))
        {
            try
            {
                var (happened, registration) = events.Read(next.Name, next.Payload, handler);
                await registration.HandleAsync(scope.ServiceProvider, happened, cancellation);
                await db.SaveChangesAsync(cancellation);
                db.ChangeTracker.Clear();
            }
            catch (Exception failed) when (!cancellation.IsCancellationRequested)
            {
                await transaction.RollbackAsync(cancellation);
                if (done.Count > 0)
                {
                    return done.Count; // Those before it again, without it; then it is the first of its batch.
                }

                await RecordFailureAsync(handler, next, failed, cancellation);
                return MaxBatch;
            }

            done.Add(next.EventId);
            if (clock.GetElapsedTime(started) > MaxBatchTime)
            {
                break;
            }
        }

        if (done is [])
        {
            return null;
        }

        await db.Set<OutboxDelivery>().Where(d => d.Handler == handler && done.Contains(d.EventId)).ExecuteDeleteAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        Handled.Add(done.Count, new KeyValuePair<string, object?>("handler", handler));
        return MaxBatch;
    }

    private static async Task<bool> TakeAsync(PlenumDb db, string handler, CancellationToken cancellation)
        => await db.Database.SqlQuery<string>($"SELECT name AS \"Value\" FROM kernel_outbox_handler WHERE name = {handler} FOR UPDATE SKIP LOCKED")
            .ToListAsync(cancellation) is not [];

    private async Task RecordFailureAsync(string handler, PendingEvent failing, Exception failed, CancellationToken cancellation)
    {
        var attempts = failing.Attempts + 1;
        var state = attempts >= MaxAttempts ? DeliveryState.Dead : DeliveryState.Pending;
        var due = clock.GetUtcNow().UtcDateTime + Backoff(attempts);
        var error = failed.ToString().Replace('\0', '?');
        error = error.Length > MaxErrorLength ? error[..MaxErrorLength] : error;
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PlenumDb>().Set<OutboxDelivery>()
            .Where(d => d.Handler == handler && d.EventId == failing.EventId && d.Attempts == failing.Attempts)
            .ExecuteUpdateAsync(
                d => d.SetProperty(x => x.Attempts, attempts).SetProperty(x => x.State, state).SetProperty(x => x.DueAt, due).SetProperty(x => x.Error, error),
                cancellation);
        Failed.Add(1, new KeyValuePair<string, object?>("handler", handler));
        LogFailed(failed, handler, failing.Name, failing.EventId, attempts, state);
    }

    // A new event is due whatever the clock said when it was written; a wait longer than any we write was written by a clock that ran ahead.
    private static bool IsDue(int attempts, DateTime dueAt, DateTime now) => attempts == 0 || dueAt <= now || dueAt > now + MaxBackoff;

    private static TimeSpan Backoff(int attempts)
        => TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempts - 1), MaxBackoff.TotalSeconds));

    private async Task PollAsync(CancellationToken cancellation)
    {
        var purged = 0L;
        using var timer = new PeriodicTimer(PollInterval, clock);
        do
        {
            await TryAsync(RingDueAsync, cancellation);
            if (purged == 0 || clock.GetElapsedTime(purged) > PurgeInterval)
            {
                await TryAsync(PurgeAsync, cancellation);
                purged = clock.GetTimestamp();
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private async Task RingDueAsync(PlenumDb db, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        foreach (var handler in events.Handlers)
        {
            var first = await db.Set<OutboxDelivery>().AsNoTracking().Where(d => d.Handler == handler && d.State == DeliveryState.Pending).OrderBy(d => d.EventId)
                .FirstOrDefaultAsync(cancellation);
            if (first is not null && IsDue(first.Attempts, first.DueAt, now))
            {
                signal.Ring(handler);
            }
        }
    }

    private Task PurgeAsync(PlenumDb db, CancellationToken cancellation)
    {
        var old = clock.GetUtcNow().UtcDateTime.AddDays(-1);
        return db.Set<OutboxEvent>().Where(e => e.CreatedAt < old && !e.Deliveries.Any()).ExecuteDeleteAsync(cancellation);
    }

    private async Task RegisterHandlersAsync(PlenumDb db, CancellationToken cancellation)
    {
        foreach (var handler in events.Handlers)
        {
            await db.Database.ExecuteSqlAsync($"INSERT INTO kernel_outbox_handler (name) VALUES ({handler}) ON CONFLICT (name) DO NOTHING", cancellation);
        }
    }

    private async Task<bool> TryAsync(Func<PlenumDb, CancellationToken, Task> step, CancellationToken cancellation)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await step(scope.ServiceProvider.GetRequiredService<PlenumDb>(), cancellation);
            return true;
        }
        catch (Exception failed) when (!cancellation.IsCancellationRequested)
        {
            LogPollFailed(failed);
            return false;
        }
    }

    private sealed record PendingEvent(long EventId, string Name, string Payload, int Attempts, DateTime DueAt);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Handler} failed on {Event} {EventId}, attempt {Attempt}: {State}")]
    private partial void LogFailed(Exception failed, string handler, string @event, long eventId, int attempt, DeliveryState state);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox could not work for {Handler}; it tries again")]
    private partial void LogWorkFailed(Exception failed, string handler);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox could not be read; it tries again")]
    private partial void LogPollFailed(Exception failed);
}
