using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Plenum.Kernel.Snapshots;

/// <summary>Writes new stamps in the transaction that changes stamped rows, and tells this node's watch once they are committed.</summary>
internal sealed class StampInterceptor(StampWatch watch, IEnumerable<StampedEntity> stamped) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private readonly Dictionary<Type, string> _names = stamped.ToDictionary(s => s.EntityType, s => s.Name);
    private readonly ConditionalWeakTable<DbContext, Dictionary<string, Guid>> _written = [];

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(
        DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Touch(eventData.Context!);
        return new(result);
    }

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Touch(eventData.Context!);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        AnnounceUnlessInTransaction(eventData.Context!);
        return new(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        AnnounceUnlessInTransaction(eventData.Context!);
        return result;
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Announce(eventData.Context);
        return Task.CompletedTask;
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Announce(eventData.Context);

    /// <summary>A stamp was written by a statement of its own.</summary>
    internal void Written(DbContext db, string name, Guid value)
    {
        _written.GetOrCreateValue(db)[name] = value;
        AnnounceUnlessInTransaction(db);
    }

    private void Touch(DbContext db)
    {
        var changed = db.ChangeTracker.Entries().Where(IsChange).Select(e => _names.GetValueOrDefault(e.Metadata.ClrType)).OfType<string>().Distinct().ToList();
        foreach (var name in changed)
        {
            var value = Guid.CreateVersion7();
            var stamp = db.Set<Stamp>().Local.FindEntry(name)?.Entity ?? db.Attach(new Stamp { Name = name, Value = Guid.Empty }).Entity;
            stamp.Value = value;
            _written.GetOrCreateValue(db)[name] = value;
        }
    }

    private static bool IsChange(EntityEntry entry) => entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted;

    private void AnnounceUnlessInTransaction(DbContext db)
    {
        if (db.Database.CurrentTransaction is null)
        {
            Announce(db);
        }
    }

    private void Announce(DbContext? db)
    {
        if (db is not null && _written.TryGetValue(db, out var written))
        {
            foreach (var (name, value) in written)
            {
                watch.Committed(name, value);
            }

            _written.Remove(db);
        }
    }
}
