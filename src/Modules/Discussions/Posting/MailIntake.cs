using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Mail;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;

namespace Plenum.Discussions.Posting;

/// <summary>Turns a mail into posts: published, held or refused by the rules of each board.</summary>
public sealed class MailIntake(
    PlenumDb db, BoardDirectory boards, AuthorOfMail authors, PostIntake intake, MailFiles files, Blobs blobs)
{
    /// <summary>Takes a mail for one or several boards.</summary>
    /// <returns>One verdict for each board. A board that would refuse holds the mail where another takes it, so that nothing is lost unsaid.</returns>
    public async Task<IReadOnlyList<IncomingVerdict>> TakeAsync(IncomingMail mail, ReadMessage message, IReadOnlyList<Board> targets, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(targets);
        if (targets.Count == 0)
        {
            return [];
        }

        var author = await authors.OfAsync(mail, message, cancellation);
        var judged = new List<(Board Board, Judgement Judgement)>();
        foreach (var board in targets)
        {
            judged.Add((board, await JudgeAsync(mail, message, author, board, cancellation)));
        }

        var isTakenSomewhere = judged.Exists(j => j.Judgement.Refusal is null && !j.Judgement.IsDiscarded);
        var verdicts = new List<IncomingVerdict>();
        foreach (var (board, judgement) in judged)
        {
            if (judgement.IsDiscarded)
            {
                verdicts.Add(IncomingVerdict.Discarded);
            }
            else if (judgement.Refusal is { } refusal && !isTakenSomewhere)
            {
                verdicts.Add(refusal);
            }
            else
            {
                verdicts.Add(await KeepAsync(mail, message, author, board, judgement.Refusal is null ? judgement.Hold : HoldReason.NotPermitted, cancellation));
            }
        }

        return verdicts;
    }

    internal static IncomingVerdict NotPermitted(Board board)
        => IncomingVerdict.Refused("5.7.1", board.IsAnnounceOnly
            ? $"The list {board.Address} only announces; answers go to the author."
            : $"You may not write to {board.Address} from this address.");

    private async Task<Judgement> JudgeAsync(IncomingMail mail, ReadMessage message, MailAuthor author, Board board, CancellationToken cancellation)
    {
        // Loops: our own copy, a robot's answer, a returned mail (RFC 3834 §2, RFC 5321 §4.5.5).
        if (mail.ReversePath.Length == 0 || message.IsAutoReply || IsOwnCopy(mail.Header, board))
        {
            return new(IsDiscarded: true);
        }

        if (board.IsClosed)
        {
            return new(Refusal: BoardMail.Closed(board));
        }

        if (await boards.MayWriteAsync(author.Viewer, board, cancellation))
        {
            return mail.Header.IsAutomatic && mail.Origin == MailOrigin.Relay ? new(Hold: HoldReason.Automatic)
                : author.IsAuthentic ? new()
                : new(Hold: HoldReason.NotAuthentic);
        }

        // A member whose provider vouches for nothing cannot be told from a forger: a moderator can tell.
        return board.Strangers == StrangerRule.Refuse && (author.IsAuthentic || board.IsAnnounceOnly)
            ? new(Refusal: NotPermitted(board))
            : new(Hold: author.IsAuthentic ? HoldReason.NotPermitted : HoldReason.NotAuthentic);
    }

    private async Task<IncomingVerdict> KeepAsync(
        IncomingMail mail, ReadMessage message, MailAuthor author, Board board, HoldReason hold, CancellationToken cancellation)
    {
        if (await NameAsync(message.Header, board, cancellation) is not { } header)
        {
            return IncomingVerdict.Discarded; // It is here already: a second delivery.
        }

        var post = new Post(board.Id, PostOrigin.Mail, header with { At = mail.ReceivedAt }, author.Author, mail.ReceivedAt);
        post.Keep(mail.Blob, mail.SizeBytes, AuthorOfMail.MayKeepFrom(mail, message, board));
        if (mail.Authentication.Chain is { } chain)
        {
            post.CameThrough(chain);
        }

        await blobs.ReferToAsync(db, BlobHash.Parse(mail.Blob), DiscussionsModule.Name, post.BlobKey, cancellation);
        post.Say(message.Body.Copy(), await files.KeepAsync(post, message.Files, cancellation));
        if (hold == HoldReason.None)
        {
            await intake.PublishAsync(post, cancellation);
        }
        else
        {
            intake.Hold(post, hold);
        }

        return IncomingVerdict.Accepted;
    }

    /// <summary>The header with a name that is free on the board; null if the very message is there.</summary>
    private async Task<PostHeader?> NameAsync(PostHeader header, Board board, CancellationToken cancellation)
    {
        var other = header with { Hash = MessageHash.Of($"{header.MessageId}\n{header.ContentHash}") };
        var names = (string[])[header.Hash, other.Hash];
        var known = await db.Set<Post>().Where(p => p.BoardId == board.Id && names.Contains(p.Hash)).Select(p => new { p.Hash, p.ContentHash }).ToListAsync(cancellation);
        return known.Exists(k => k.ContentHash == header.ContentHash) ? null : known is [] ? header : other;
    }

    private static bool IsOwnCopy(IncomingHeader header, Board board)
        => header.LoopMarks.Any(m => m.Contains($"<{board.ListId}>", StringComparison.Ordinal) || m == board.ListId || m == board.Address);

    private sealed record Judgement(IncomingVerdict? Refusal = null, HoldReason Hold = HoldReason.None, bool IsDiscarded = false);
}
