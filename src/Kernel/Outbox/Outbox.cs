using Plenum.Kernel.Data;

namespace Plenum.Kernel.Outbox;

/// <summary>Events that are saved together with what they tell of, and handled afterwards: at once, at least once, in order.</summary>
public sealed class Outbox(EventCatalog events, OutboxSignal signal, TimeProvider clock)
{
    /// <summary>Adds the event to the context; it happens when the caller's changes are saved, and never if they are not.</summary>
    /// <exception cref="InvalidOperationException">Its type is not registered with AddEvent.</exception>
    public void Add(PlenumDb db, object happened)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(happened);
        var (name, payload) = events.Write(happened);
        var handlers = events.HandlersOf(happened.GetType()).ToList();
        if (handlers is [])
        {
            return;
        }

        var now = clock.GetUtcNow().UtcDateTime;
        var added = new OutboxEvent { Name = name, Payload = payload, CreatedAt = now };
        added.Deliveries.AddRange(handlers.Select(handler => new OutboxDelivery { Handler = handler, DueAt = now }));
        db.Add(added);
        signal.Expect(db, handlers);
    }
}
