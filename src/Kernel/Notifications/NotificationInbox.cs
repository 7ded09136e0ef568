using System.Linq.Expressions;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Notifications;

/// <summary>A line of a person's list.</summary>
/// <param name="TextKey">The sentence, with <paramref name="Args"/> for its {0}, {1} …</param>
/// <param name="Link">Path on this site.</param>
public sealed record NotificationItem(
    long Id, string Topic, string TextKey, IReadOnlyList<string> Args, string Link, string Excerpt, DateTime CreatedAt, bool IsRead);

/// <summary>What a person was told, newest first. Everyone sees their own alone, so no permission is asked: callers pass the signed-in account.</summary>
public sealed class NotificationInbox(PlenumDb db, UnreadCounts counts, TimeProvider clock)
{
    /// <summary>The bell counts to this and then shows "more than".</summary>
    public const int MaxCount = 99;

    public const int MaxPageSize = 100;

    /// <returns>Unread ones, <see cref="MaxCount"/> + 1 at most.</returns>
    public Task<int> UnreadAsync(AccountId account, CancellationToken cancellation)
        => Of(account).Where(r => r.ReadAt == null).OrderBy(r => r.NotificationId).Take(MaxCount + 1).CountAsync(cancellation);

    /// <param name="before">Id of the last line of the page before; null for the first page.</param>
    public async Task<IReadOnlyList<NotificationItem>> ListAsync(
        AccountId account, bool onlyUnread, long? before, int take, CancellationToken cancellation)
    {
        var receipts = Of(account).AsNoTracking().Include(r => r.Notification).Where(r => before == null || r.NotificationId < before);
        if (onlyUnread)
        {
            receipts = receipts.Where(r => r.ReadAt == null);
        }

        var found = await receipts.OrderByDescending(r => r.NotificationId).Take(Math.Clamp(take, 1, MaxPageSize)).ToListAsync(cancellation);
        return [.. found.Select(Item)];
    }

    /// <summary>Marks one as read and tells where it leads.</summary>
    /// <returns>Null if the person has no such notification.</returns>
    public async Task<NotificationItem?> OpenAsync(AccountId account, long id, CancellationToken cancellation)
    {
        var found = await Of(account).AsNoTracking().Include(r => r.Notification).SingleOrDefaultAsync(r => r.NotificationId == id, cancellation);
        if (found is { ReadAt: null })
        {
            await MarkAsync(account, r => r.NotificationId == id, cancellation);
        }

        return found is null ? null : Item(found);
    }

    /// <summary>Marks everything up to a line as read: what came meanwhile stays unread.</summary>
    /// <returns>How many were unread.</returns>
    public Task<int> MarkReadAsync(AccountId account, long upTo, CancellationToken cancellation)
        => MarkAsync(account, r => r.NotificationId <= upTo, cancellation);

    /// <summary>Marks what leads to a page as read: for the page itself, when it is opened.</summary>
    /// <returns>How many were unread.</returns>
    public Task<int> MarkReadAsync(AccountId account, string link, CancellationToken cancellation)
        => MarkAsync(account, r => r.Notification.Link == link, cancellation);

    private IQueryable<NotificationReceipt> Of(AccountId account) => db.Set<NotificationReceipt>().Where(r => r.AccountId == account);

    private async Task<int> MarkAsync(AccountId account, Expression<Func<NotificationReceipt, bool>> which, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var marked = await Of(account).Where(r => r.ReadAt == null).Where(which).ExecuteUpdateAsync(r => r.SetProperty(x => x.ReadAt, now), cancellation);
        counts.Forget(account);
        return marked;
    }

    private static NotificationItem Item(NotificationReceipt receipt)
    {
        var told = receipt.Notification;
        return new(told.Id, told.Topic, told.TextKey, JsonSerializer.Deserialize<string[]>(told.Args)!, told.Link, told.Excerpt, told.CreatedAt, receipt.ReadAt is not null);
    }
}
