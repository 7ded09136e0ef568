namespace Plenum.Kernel.Outbox;

/// <summary>
/// Does what follows from an event. Runs at least once for each event, in order, inside a transaction of the scope's PlenumDb that also
/// marks the event as handled: what it writes there happens exactly once. It is quick and does not wait for the network:
/// SQLite has one writer. It opens no transaction of its own.
/// </summary>
public interface IEventHandler<in TEvent>
    where TEvent : notnull
{
    Task HandleAsync(TEvent happened, CancellationToken cancellation);
}
