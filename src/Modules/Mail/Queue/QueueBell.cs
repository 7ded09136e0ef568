using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Plenum.Mail.Queue;

/// <summary>Wakes this node's queue the moment mail is committed.</summary>
public sealed class QueueBell : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, object> _expected = [];
    private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Mail was added to this context; its commit rings.</summary>
    public void Expect(DbContext db) => _expected.AddOrUpdate(db, this);

    public void Ring() => _bell.Writer.TryWrite(true);

    /// <summary>Waits until the bell rang since the last call.</summary>
    public async ValueTask HeardAsync(CancellationToken cancellation) => await _bell.Reader.ReadAsync(cancellation);

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
        => new(SavedChanges(eventData, result));

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        if (eventData.Context!.Database.CurrentTransaction is null)
        {
            RingFor(eventData.Context);
        }

        return result;
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        TransactionCommitted(transaction, eventData);
        return Task.CompletedTask;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        if (eventData.Context is { } db)
        {
            RingFor(db);
        }
    }

    private void RingFor(DbContext db)
    {
        if (_expected.Remove(db))
        {
            Ring();
        }
    }
}
