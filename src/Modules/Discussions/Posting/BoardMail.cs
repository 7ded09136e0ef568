using System.Globalization;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Mail;
using Plenum.Discussions.Addresses;
using Plenum.Discussions.Domain;
using Plenum.Discussions.Subscribing;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Permissions;

namespace Plenum.Discussions.Posting;

/// <summary>Takes the mail of all board addresses: posts, and commands of subscribers.</summary>
internal sealed class BoardMail(
    BoardDirectory boards, ViewerSource viewers, MailIntake posts, MailCommands commands, Blobs blobs, IOptions<DiscussionsOptions> options, TimeProvider clock)
    : IIncomingMailReceiver
{
    private static readonly IncomingVerdict Unknown = IncomingVerdict.Refused("5.1.1", "No such list.");

    public string Claimant => DiscussionsModule.Name;

    public async ValueTask<IncomingVerdict> DecideRecipientAsync(RecipientQuestion question, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(question);
        if (await FindAsync(question.Recipient, cancellation) is not var (board, kind))
        {
            return Unknown;
        }

        if (kind != BoardMailboxKind.Posts)
        {
            return IncomingVerdict.Accepted;
        }

        if (board.IsClosed)
        {
            return Closed(board);
        }

        // Whoever signed in hears at once that it is in vain; of others the header tells more than the envelope.
        return question.Submitter is { } account && board.Strangers == StrangerRule.Refuse
            && !await boards.MayWriteAsync(await viewers.ForAsync(account, cancellation), board, cancellation)
            ? MailIntake.NotPermitted(board)
            : IncomingVerdict.Accepted;
    }

    public async ValueTask<IncomingVerdict> ReceiveAsync(IncomingMail mail, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mail);
        if (mail.SizeBytes > options.Value.MaxMessageBytes)
        {
            return IncomingVerdict.Refused("5.3.4", string.Create(CultureInfo.InvariantCulture, $"Lists here take {options.Value.MaxMessageBytes} octets at most."));
        }

        var targets = new List<(Board Board, BoardMailboxKind Kind, string? Detail)>();
        foreach (var recipient in mail.Recipients)
        {
            if (await FindAsync(recipient, cancellation) is var (board, kind) && !targets.Contains((board, kind, recipient.Subaddress)))
            {
                targets.Add((board, kind, recipient.Subaddress));
            }
        }

        if (targets is [])
        {
            return Unknown;
        }

        var raw = await ReadAsync(mail, cancellation);
        var message = MessageReader.Read(raw, targets[0].Board.Domain ?? "", clock.GetUtcNow().UtcDateTime);
        var verdicts = new List<IncomingVerdict>();
        foreach (var (board, kind, detail) in targets.Where(t => t.Kind != BoardMailboxKind.Posts))
        {
            verdicts.Add(await commands.TakeAsync(new(mail, message, raw, board, kind, detail), cancellation));
        }

        verdicts.AddRange(await posts.TakeAsync(mail, message, [.. targets.Where(t => t.Kind == BoardMailboxKind.Posts).Select(t => t.Board)], cancellation));

        // One answer for all: what one takes is taken; what all refuse is refused.
        return verdicts.Find(v => v.Kind == IncomingVerdictKind.Accepted)
            ?? verdicts.Find(v => v.Kind == IncomingVerdictKind.Discarded)
            ?? verdicts[0];
    }

    internal static IncomingVerdict Closed(Board board) => IncomingVerdict.Refused("5.2.1", $"The list {board.Address} is closed; its archive stays.");

    private async ValueTask<(Board Board, BoardMailboxKind Kind)?> FindAsync(IncomingRecipient recipient, CancellationToken cancellation)
        => BoardAddresses.TryRead(recipient.ClaimKey, out var id, out var kind) && (await boards.TableAsync(cancellation)).Find(id) is { } board ? (board, kind) : null;

    private async Task<byte[]> ReadAsync(IncomingMail mail, CancellationToken cancellation)
    {
        await using var content = await blobs.OpenAsync(BlobHash.Parse(mail.Blob), cancellation);
        var raw = new byte[mail.SizeBytes];
        var read = await content.ReadAtLeastAsync(raw, raw.Length, throwOnEndOfStream: false, cancellation);
        return read == raw.Length ? raw : raw[..read];
    }
}
