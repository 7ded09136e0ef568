using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Outbox;

/// <summary>How far a handler is.</summary>
public sealed record OutboxQueue(string Handler, int Pending, int Dead, DateTime OldestAt);

/// <summary>An event a handler failed on too often; it waits for a person.</summary>
public sealed record DeadLetter(long EventId, string Handler, string Event, string Payload, DateTime CreatedAt, int Attempts, string Error);

/// <summary>What the administration sees of the outbox and may do with it.</summary>
public sealed class OutboxOverview(PlenumDb db, OutboxSignal signal, TimeProvider clock)
{
    /// <summary>Handlers with something left to do.</summary>
    public async Task<IReadOnlyList<OutboxQueue>> QueuesAsync(CancellationToken cancellation)
        => await db.Set<OutboxDelivery>().GroupBy(d => d.Handler).OrderBy(g => g.Key)
            .Select(g => new OutboxQueue(
                g.Key,
                g.Count(d => d.State == DeliveryState.Pending),
                g.Count(d => d.State == DeliveryState.Dead),
                g.Min(d => d.Event.CreatedAt)))
            .ToListAsync(cancellation);

    /// <summary>Dead letters, newest first.</summary>
    public async Task<IReadOnlyList<DeadLetter>> DeadLettersAsync(int skip, int take, CancellationToken cancellation)
        => await db.Set<OutboxDelivery>().Where(d => d.State == DeliveryState.Dead).OrderByDescending(d => d.EventId).Skip(skip).Take(take)
            .Select(d => new DeadLetter(d.EventId, d.Handler, d.Event.Name, d.Event.Payload, d.Event.CreatedAt, d.Attempts, d.Error ?? ""))
            .ToListAsync(cancellation);

    /// <summary>Tries a dead letter again, after the cause was mended.</summary>
    /// <returns>False if there is no such dead letter.</returns>
    public async Task<bool> RetryAsync(long eventId, string handler, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var found = await Dead(eventId, handler).ExecuteUpdateAsync(
            d => d.SetProperty(x => x.State, DeliveryState.Pending).SetProperty(x => x.Attempts, 0).SetProperty(x => x.DueAt, now), cancellation);
        signal.Ring(handler);
        return found > 0;
    }

    /// <summary>Gives a dead letter up for good.</summary>
    /// <returns>False if there is no such dead letter.</returns>
    public async Task<bool> DiscardAsync(long eventId, string handler, CancellationToken cancellation)
        => await Dead(eventId, handler).ExecuteDeleteAsync(cancellation) > 0;

    private IQueryable<OutboxDelivery> Dead(long eventId, string handler)
        => db.Set<OutboxDelivery>().Where(d => d.Handler == handler && d.EventId == eventId && d.State == DeliveryState.Dead);
}
