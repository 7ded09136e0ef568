using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Mail;
using Plenum.Contracts.Organisation;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Posting;
using Plenum.Kernel.Accounts;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Outbox;
using Plenum.Kernel.Permissions;

namespace Plenum.Discussions.Copies;

/// <summary>The next subscribers of a board are to get a post.</summary>
/// <param name="Blob">The message as subscribers get it.</param>
/// <param name="After">Token of the last one who has it already; empty at the beginning.</param>
public sealed record CopiesDue(PostId Post, BoardId Board, string Blob, string After);

/// <summary>Makes the message for the subscribers and begins with the first of them.</summary>
internal sealed class BeginCopies(PlenumDb db, BoardDirectory boards, Blobs blobs, Outbox outbox, IOptions<HouseOptions> house) : IEventHandler<PostPublished>
{
    public async Task HandleAsync(PostPublished happened, CancellationToken cancellation)
    {
        if ((await boards.TableAsync(cancellation)).Find(happened.Board) is not { Address: not null } board
            || !await db.Set<Subscription>().AnyAsync(s => s.BoardId == board.Id, cancellation)
            || await db.Set<Post>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == happened.Post, cancellation) is not { State: PostState.Published } post)
        {
            return;
        }

        await using var content = await blobs.OpenAsync(BlobHash.Parse(post.Blob), cancellation);
        var raw = new byte[post.SizeBytes];
        await content.ReadExactlyAsync(raw, cancellation);
        var message = new ListMessage(board, post, house.Value.PublicUrl.TrimEnd('/')).Write(raw);
        using var copy = new MemoryStream(message, writable: false);
        var stored = await blobs.PutAsync(db, copy, DiscussionsModule.Name, SendCopies.BlobKey(post.Id), message.Length, cancellation);
        outbox.Add(db, new CopiesDue(post.Id, board.Id, stored.Hash.Hex, ""));
    }
}

/// <summary>
/// Puts one batch of copies into the mail queue. Batch and next event commit together with the mark that this one is done: a crash between
/// them loses nothing and doubles nothing, and no batch holds SQLite's one writer for long.
/// </summary>
internal sealed class SendCopies(
    PlenumDb db, BoardDirectory boards, Access access, ViewerSource viewers, Blobs blobs, IMailQueue mail, Outbox outbox, IOptions<HouseOptions> house) : IEventHandler<CopiesDue>
{
    private const int BatchSize = 500;

    public static string BlobKey(PostId post) => $"copies/{post.Value:N}";

    public async Task HandleAsync(CopiesDue happened, CancellationToken cancellation)
    {
        if ((await boards.TableAsync(cancellation)).Find(happened.Board) is not { Address: not null } board)
        {
            return;
        }

        var batch = await NextAsync(board.Id, happened.After, cancellation);
        var admitted = new List<Recipient>();
        foreach (var recipient in batch)
        {
            if (await IsAdmittedAsync(recipient, board, cancellation))
            {
                admitted.Add(recipient);
            }
        }

        if (admitted.Count > 0)
        {
            var post = await db.Set<Post>().AsNoTracking().SingleAsync(p => p.Id == happened.Post, cancellation);
            await mail.EnqueueAsync(CopiesFor(board, post, happened.Blob, admitted), cancellation);
        }

        if (batch.Count == BatchSize)
        {
            outbox.Add(db, happened with { After = batch[^1].Token });
        }
        else
        {
            await blobs.ReleaseAsync(db, DiscussionsModule.Name, BlobKey(happened.Post), cancellation); // The queue has its own hold on it.
        }
    }

    private MailCopies CopiesFor(Board board, Post post, string blob, List<Recipient> recipients)
    {
        var site = house.Value.PublicUrl.TrimEnd('/');
        return new()
        {
            Source = DiscussionsModule.Name,
            Reference = post.Id.ToString(),
            Blob = blob,
            Domain = board.Domain!,
            Chain = post.Chain,
            Copies = [.. recipients.Select(r => new MailCopy(r.Address) { Headers = ListMessage.FieldsFor(board, r.Token, site), Reference = r.Id.ToString() })],
        };
    }

    private async Task<List<Recipient>> NextAsync(BoardId board, string after, CancellationToken cancellation)
    {
        return await (from s in db.Set<Subscription>().AsNoTracking()
                      where s.BoardId == board && s.ConfirmedAt != null && s.SuspendedAt == null && s.Delivery == SubscriptionDelivery.AtOnce
                          && s.Token.CompareTo(after) > 0
                      join a in db.Set<Account>() on s.AccountId equals a.Id into accounts
                      from a in accounts.DefaultIfEmpty()
                      orderby s.Token
                      select new Recipient(s.Id, s.Token, s.AccountId, a == null ? s.Address! : a.Email ?? "", a == null || a.State == AccountState.Active))
            .Take(BatchSize).ToListAsync(cancellation);
    }

    /// <summary>A member who left no longer gets what members get; an outside address was admitted by name.</summary>
    private async Task<bool> IsAdmittedAsync(Recipient recipient, Board board, CancellationToken cancellation)
    {
        if (!recipient.CanSignIn || recipient.Address.Length == 0)
        {
            return false;
        }

        return recipient.Account is not { } account
            || (await access.TableAsync(cancellation)).AudienceOf(board.ReaderAudienceId) is { IsPublic: true }
            || await boards.MayReadAsync(await viewers.ForAsync(account, cancellation), board, cancellation);
    }

    private sealed record Recipient(SubscriptionId Id, string Token, AccountId? Account, string Address, bool CanSignIn);
}
