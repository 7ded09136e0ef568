using Microsoft.EntityFrameworkCore;
using Plenum.Contracts.Mail;
using Plenum.Contracts.Organisation;
using Plenum.Discussions.Copies;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Moderating;
using Plenum.Discussions.Posting;
using Plenum.Kernel;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Data;

namespace Plenum.Discussions.Subscribing;

/// <summary>A mail to one of a board's command addresses.</summary>
/// <param name="Detail">What stands behind "+" in the address.</param>
public sealed record MailCommand(IncomingMail Mail, ReadMessage Message, byte[] Raw, Board Board, BoardMailboxKind Kind, string? Detail);

/// <summary>Does what subscribers ask by mail. Everything lands in the unit of work of the mail; nobody answers a robot.</summary>
public sealed class MailCommands(
    PlenumDb db, BoardDirectory boards, SubscriptionService subscriptions, SubscriptionLetters letters, AuthorOfMail authors, BoardKeepers keepers, BounceCounter bounces)
{
    private const int MaxCommandLines = 5; // Below stands the sender's signature.

    public async Task<IncomingVerdict> TakeAsync(MailCommand command, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (command.Kind == BoardMailboxKind.Bounces)
        {
            await bounces.TakeAsync(command.Board, command.Raw, cancellation);
            return IncomingVerdict.Accepted;
        }

        // A token proves enough: a mail program may unsubscribe by itself (RFC 2369 §3.2).
        if (Subscription.IsToken(command.Detail?.ToLowerInvariant()) && command.Kind is BoardMailboxKind.Unsubscribe or BoardMailboxKind.Confirm)
        {
            return await TakeTokenAsync(command, command.Detail!.ToLowerInvariant(), cancellation);
        }

        if (command.Mail.ReversePath.Length == 0 || command.Mail.Header.IsAutomatic || command.Message.IsAutoReply)
        {
            return IncomingVerdict.Discarded;
        }

        return command.Kind == BoardMailboxKind.Owner
            ? await keepers.ForwardAsync(command, cancellation)
            : await TakeWordAsync(command, WordOf(command), cancellation);
    }

    private async Task<IncomingVerdict> TakeTokenAsync(MailCommand command, string token, CancellationToken cancellation)
    {
        if (await subscriptions.FindAsync(token, cancellation) is not var (subscription, _))
        {
            return IncomingVerdict.Accepted; // Done before; the one who asks has what they want.
        }

        if (command.Kind == BoardMailboxKind.Unsubscribe)
        {
            db.Remove(subscription);
        }
        else if (command.Mail.ReversePath.Length > 0 && !command.Message.IsAutoReply)
        {
            subscription.Confirm(command.Mail.ReceivedAt); // A vacation notice is no yes.
        }

        return IncomingVerdict.Accepted;
    }

    private async Task<IncomingVerdict> TakeWordAsync(MailCommand command, BoardMailboxKind? word, CancellationToken cancellation)
    {
        var author = await authors.OfAsync(command.Mail, command.Message, cancellation);
        if (!MailAddress.TryParse(author.Author.Address, out var sender))
        {
            return IncomingVerdict.Refused("5.1.7", "Your mail has no sender address.");
        }

        try
        {
            switch (word)
            {
                case BoardMailboxKind.Subscribe when author.Author.Account is { } account:
                    return await SubscribeAsync(command, author, account, sender, cancellation);
                case BoardMailboxKind.Subscribe:
                    await subscriptions.AddAsync(command.Board, sender, cancellation);
                    return IncomingVerdict.Accepted;
                case BoardMailboxKind.Unsubscribe:
                    return await UnsubscribeAsync(command, author, sender, cancellation);
                default:
                    return await AnswerAsync(command, author, sender, "discussions.mail.help", cancellation);
            }
        }
        catch (RuleException broken)
        {
            return IncomingVerdict.Refused("5.7.1", broken.Key == "discussions.subscribe.members-only"
                ? $"The list {command.Board.Address} is for members: sign in on the web to subscribe."
                : "Too many subscriptions at the moment; try again in an hour.");
        }
    }

    private async Task<IncomingVerdict> SubscribeAsync(
        MailCommand command, MailAuthor author, AccountId account, MailAddress sender, CancellationToken cancellation)
    {
        if (!await boards.MayReadAsync(author.Viewer, command.Board, cancellation))
        {
            return IncomingVerdict.Refused("5.7.1", $"The list {command.Board.Address} is for its members alone.");
        }

        await subscriptions.AddAsync(account, command.Board, SubscriptionDelivery.AtOnce, cancellation);
        return await AnswerAsync(command, author, sender, "discussions.mail.subscribed", cancellation);
    }

    private async Task<IncomingVerdict> UnsubscribeAsync(MailCommand command, MailAuthor author, MailAddress sender, CancellationToken cancellation)
    {
        if (!author.IsAuthentic)
        {
            return IncomingVerdict.Refused("5.7.1", "Your provider does not vouch for your address. Use the link in a mail of the list.");
        }

        var (board, account, address) = (command.Board.Id, author.Author.Account, SubscriptionService.Folded(sender));
        db.RemoveRange(await db.Set<Subscription>().Where(s => s.BoardId == board && (s.Address == address || (account != null && s.AccountId == account))).ToListAsync(cancellation));
        return await AnswerAsync(command, author, sender, "discussions.mail.unsubscribed", cancellation);
    }

    // Only those whose address is proven get an answer: others may have been named by a forger.
    private async Task<IncomingVerdict> AnswerAsync(MailCommand command, MailAuthor author, MailAddress sender, string key, CancellationToken cancellation)
    {
        if (author.IsAuthentic)
        {
            await letters.AnswerAsync(command.Board, sender.ToString(), key, command.Message.Header.MessageId, cancellation);
        }

        return IncomingVerdict.Accepted;
    }

    /// <summary>What BOARD-request@ is asked: the first known word of subject or text.</summary>
    private static BoardMailboxKind? WordOf(MailCommand command)
    {
        if (command.Kind is not BoardMailboxKind.Request)
        {
            return command.Kind;
        }

        foreach (var line in command.Message.Body.Text.Split('\n').Take(MaxCommandLines).Prepend(SubjectLine.Read(command.Message.Header.Subject).Plain))
        {
            switch (line.Trim().Split(' ')[0].ToLowerInvariant())
            {
                case "subscribe" or "join" or "abonnieren":
                    return BoardMailboxKind.Subscribe;
                case "unsubscribe" or "leave" or "abbestellen":
                    return BoardMailboxKind.Unsubscribe;
                case "help" or "hilfe" or "end" or "--":
                    return null;
            }
        }

        return null;
    }
}
