using System.Collections.Concurrent;
using System.Threading.Channels;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Outbox;

/// <summary>Wakes the handlers of this node the moment an event is committed.</summary>
public sealed class OutboxSignal(AfterCommit afterCommit)
{
    private readonly ConcurrentDictionary<string, Channel<bool>> _bells = new(StringComparer.Ordinal);

    internal void Expect(PlenumDb db, IEnumerable<string> handlers)
    {
        foreach (var handler in handlers)
        {
            afterCommit.Do(db, () => Ring(handler));
        }
    }

    internal void Ring(string handler) => Bell(handler).Writer.TryWrite(true);

    internal ValueTask<bool> HeardAsync(string handler, CancellationToken cancellation) => Bell(handler).Reader.ReadAsync(cancellation);

    private Channel<bool> Bell(string handler)
        => _bells.GetOrAdd(handler, _ => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }));
}
