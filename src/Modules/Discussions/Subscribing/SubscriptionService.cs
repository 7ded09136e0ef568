using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Organisation;
using Plenum.Discussions.Domain;
using Plenum.Kernel;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Kernel.Permissions;

namespace Plenum.Discussions.Subscribing;

/// <summary>A line of the list of subscribers.</summary>
/// <param name="Name">Name of the account; null for an outside address.</param>
public sealed record SubscriberRow(
    SubscriptionId Id, string? Name, string? Address, SubscriptionDelivery Delivery, DateTime CreatedAt, DateTime? ConfirmedAt, DateTime? SuspendedAt);

/// <summary>Who gets a board's posts by mail.</summary>
public sealed class SubscriptionService(PlenumDb db, BoardDirectory boards, Access access, SubscriptionLetters letters, Audit audit, TimeProvider clock)
{
    private const int MaxUnconfirmedPerHour = 50; // Of one board: whoever wants to annoy strangers with our letters does not get far.

    /// <summary>The viewer's own subscription, or null.</summary>
    public async Task<Subscription?> OwnAsync(Viewer viewer, Board board, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(board);
        return viewer.Account is { } account ? await FindAsync(board.Id, account, cancellation) : null;
    }

    /// <summary>Subscribes an account. Everyone who may read a board may get it by mail.</summary>
    /// <exception cref="DeniedException">The viewer may not read the board.</exception>
    public async Task SubscribeAsync(Viewer viewer, Board board, SubscriptionDelivery delivery, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(board);
        var account = viewer.SignedInAccount;
        if (!await boards.MayReadAsync(viewer, board, cancellation))
        {
            throw new DeniedException(DiscussionsPermissions.Write.Name, board.UnitId);
        }

        await AddAsync(account, board, delivery, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Ends the viewer's own subscription, if there is one.</summary>
    public async Task UnsubscribeAsync(Viewer viewer, Board board, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(board);
        var account = viewer.SignedInAccount;
        await db.Set<Subscription>().Where(s => s.BoardId == board.Id && s.AccountId == account).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>Asks the owner of an address whether they want the board's posts. Public: only public boards, and nothing is sent without a yes.</summary>
    /// <exception cref="RuleException">It is no address, the board is not public, or too many asked within an hour.</exception>
    public async Task AskAsync(Board board, string address, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(board);
        if (!MailAddress.TryParse(address.Trim(), out var mailbox))
        {
            throw new RuleException("discussions.subscribe.address-invalid");
        }

        await AddAsync(board, mailbox, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    /// <summary>Adds an address whose owner asked a moderator.</summary>
    /// <exception cref="DeniedException">The viewer does not moderate the board.</exception>
    public async Task AddAsync(Viewer viewer, Board board, string address, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(board);
        await access.DemandAsync(viewer, DiscussionsPermissions.Moderate, board.UnitId, cancellation);
        if (!MailAddress.TryParse(address.Trim(), out var mailbox))
        {
            throw new RuleException("discussions.subscribe.address-invalid");
        }

        var text = Folded(mailbox);
        if (await db.Set<Subscription>().SingleOrDefaultAsync(s => s.BoardId == board.Id && s.Address == text, cancellation) is { } known)
        {
            known.Confirm(clock.GetUtcNow().UtcDateTime);
        }
        else
        {
            db.Add(Subscription.Of(board.Id, text, isConfirmed: true, clock.GetUtcNow().UtcDateTime));
        }

        audit.Record(db, viewer.Account, "discussions.subscriber-added", board.Slug, board.UnitId, text);
        await db.SaveChangesAsync(cancellation);
    }

    /// <exception cref="DeniedException">The viewer does not moderate the board.</exception>
    public async Task RemoveAsync(Viewer viewer, Board board, SubscriptionId id, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(board);
        await access.DemandAsync(viewer, DiscussionsPermissions.Moderate, board.UnitId, cancellation);
        if (await db.Set<Subscription>().SingleOrDefaultAsync(s => s.Id == id && s.BoardId == board.Id, cancellation) is { } known)
        {
            db.Remove(known);
            audit.Record(db, viewer.Account, "discussions.subscriber-removed", board.Slug, board.UnitId);
            await db.SaveChangesAsync(cancellation);
        }
    }

    /// <exception cref="DeniedException">The viewer does not moderate the board.</exception>
    public async Task<(IReadOnlyList<SubscriberRow> Rows, int Total)> ListAsync(Viewer viewer, Board board, int page, int pageSize, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        ArgumentNullException.ThrowIfNull(board);
        await access.DemandAsync(viewer, DiscussionsPermissions.Moderate, board.UnitId, cancellation);
        var all = db.Set<Subscription>().Where(s => s.BoardId == board.Id);
        var rows = await (from s in all
                          join a in db.Set<Account>() on s.AccountId equals a.Id into accounts
                          from a in accounts.DefaultIfEmpty()
                          orderby s.CreatedAt descending, s.Id
                          select new SubscriberRow(s.Id, a == null ? null : a.DisplayName, s.Address, s.Delivery, s.CreatedAt, s.ConfirmedAt, s.SuspendedAt))
            .Skip((page - 1) * pageSize).Take(pageSize).ToListAsync(cancellation);
        return (rows, await all.CountAsync(cancellation));
    }

    /// <summary>The subscription a link or address in its own mails names. Public: the token is the proof.</summary>
    /// <returns>Null for a token that never was or is no more.</returns>
    public async Task<(Subscription Subscription, Board Board)?> FindAsync(string? token, CancellationToken cancellation)
    {
        if (!Subscription.IsToken(token))
        {
            return null;
        }

        return await db.Set<Subscription>().SingleOrDefaultAsync(s => s.Token == token, cancellation) is { } found
            && (await boards.TableAsync(cancellation)).Find(found.BoardId) is { } board ? (found, board) : null;
    }

    /// <summary>The owner of the address says yes. Public: the token is the proof.</summary>
    public async Task<Board?> ConfirmAsync(string? token, CancellationToken cancellation)
    {
        if (await FindAsync(token, cancellation) is not var (subscription, board))
        {
            return null;
        }

        subscription.Confirm(clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync(cancellation);
        return board;
    }

    /// <summary>Ends a subscription by its token. Doing it twice is harmless.</summary>
    public async Task EndAsync(string? token, CancellationToken cancellation)
    {
        if (Subscription.IsToken(token))
        {
            await db.Set<Subscription>().Where(s => s.Token == token).ExecuteDeleteAsync(cancellation);
        }
    }

    /// <summary>An address as subscriptions hold it: nobody's mailbox depends on upper case any more.</summary>
    public static string Folded(MailAddress address) => address.ToString().ToLowerInvariant();

    /// <summary>Adds to the unit of work without saving.</summary>
    internal async Task AddAsync(AccountId account, Board board, SubscriptionDelivery delivery, CancellationToken cancellation)
    {
        var subscription = await FindAsync(board.Id, account, cancellation);
        if (subscription is null)
        {
            subscription = Subscription.Of(board.Id, account, clock.GetUtcNow().UtcDateTime);
            db.Add(subscription);
        }

        subscription.Deliver(delivery);
    }

    /// <summary>Adds an unconfirmed address and its letter to the unit of work without saving. Asking again within the hour sends nothing.</summary>
    internal async Task AddAsync(Board board, MailAddress mailbox, CancellationToken cancellation)
    {
        if (!await IsPublicAsync(board, cancellation))
        {
            throw new RuleException("discussions.subscribe.members-only", board.Title);
        }

        var (address, now) = (Folded(mailbox), clock.GetUtcNow().UtcDateTime);
        var hour = now.AddHours(-1);
        var known = await db.Set<Subscription>().SingleOrDefaultAsync(s => s.BoardId == board.Id && s.Address == address, cancellation);
        if (known is { ConfirmedAt: not null } || known?.CreatedAt > hour)
        {
            return;
        }

        if (await db.Set<Subscription>().CountAsync(s => s.BoardId == board.Id && s.ConfirmedAt == null && s.CreatedAt > hour, cancellation) >= MaxUnconfirmedPerHour)
        {
            throw new RuleException("discussions.subscribe.too-many");
        }

        if (known is not null)
        {
            db.Remove(known); // Its letter is old; the new one has a new token.
            await db.SaveChangesAsync(cancellation);
        }

        var asked = Subscription.Of(board.Id, address, isConfirmed: false, now);
        db.Add(asked);
        await letters.ConfirmAsync(board, asked, cancellation);
    }

    private async Task<bool> IsPublicAsync(Board board, CancellationToken cancellation)
        => (await access.TableAsync(cancellation)).AudienceOf(board.ReaderAudienceId).IsPublic;

    private Task<Subscription?> FindAsync(BoardId board, AccountId account, CancellationToken cancellation)
        => db.Set<Subscription>().SingleOrDefaultAsync(s => s.BoardId == board && s.AccountId == account, cancellation);
}
