using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Plenum.Kernel.Data;

/// <summary>Does something in memory the moment a context's changes are committed, and not at all if they are rolled back or the process dies first.</summary>
public sealed class AfterCommit : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly ConditionalWeakTable<DbContext, List<Action>> _waiting = [];

    /// <param name="action">Quick and without failure; runs on the thread that commits.</param>
    public void Do(PlenumDb db, Action action) => _waiting.GetOrCreateValue(db).Add(action);

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        RunUnlessInTransaction(eventData.Context!);
        return new(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        RunUnlessInTransaction(eventData.Context!);
        return result;
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        Run(eventData.Context);
        return Task.CompletedTask;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        Run(eventData.Context);
    }

    public Task TransactionRolledBackAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        Forget(eventData.Context);
        return Task.CompletedTask;
    }

    public void TransactionRolledBack(DbTransaction transaction, TransactionEndEventData eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        Forget(eventData.Context);
    }

    private void RunUnlessInTransaction(DbContext db)
    {
        if (db.Database.CurrentTransaction is null)
        {
            Run(db);
        }
    }

    private void Run(DbContext? db)
    {
        if (db is not null && _waiting.TryGetValue(db, out var actions))
        {
            _waiting.Remove(db);
            actions.ForEach(action => action());
        }
    }

    private void Forget(DbContext? db)
    {
        if (db is not null)
        {
            _waiting.Remove(db);
        }
    }
}
