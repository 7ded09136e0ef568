using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Plenum.Kernel.Outbox;

/// <summary>Wakes the handlers of this node the moment an event is committed.</summary>
public sealed class OutboxSignal : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, HashSet<string>> _expected = [];
    private readonly ConcurrentDictionary<string, Channel<bool>> _bells = new(StringComparer.Ordinal);

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        RingUnlessInTransaction(eventData.Context!);
        return new(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        RingUnlessInTransaction(eventData.Context!);
        return result;
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        RingAll(eventData.Context);
        return Task.CompletedTask;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        RingAll(eventData.Context);
    }

    internal void Expect(DbContext db, IEnumerable<string> handlers) => _expected.GetOrCreateValue(db).UnionWith(handlers);

    internal void Ring(string handler) => Bell(handler).Writer.TryWrite(true);

    internal ValueTask<bool> HeardAsync(string handler, CancellationToken cancellation) => Bell(handler).Reader.ReadAsync(cancellation);

    private Channel<bool> Bell(string handler)
        => _bells.GetOrAdd(handler, _ => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }));

    private void RingUnlessInTransaction(DbContext db)
    {
        if (db.Database.CurrentTransaction is null)
        {
            RingAll(db);
        }
    }

    private void RingAll(DbContext? db)
    {
        if (db is not null && _expected.TryGetValue(db, out var handlers))
        {
            _expected.Remove(db);
            foreach (var handler in handlers)
            {
                Ring(handler);
            }
        }
    }
}
