using System.Globalization;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Mail;
using Plenum.Discussions.Domain;
using Plenum.Kernel.Language;
using Plenum.Kernel.Organisation;

namespace Plenum.Discussions.Subscribing;

/// <summary>The mails around a subscription, in the board's language. They join the unit of work; the caller saves.</summary>
public sealed class SubscriptionLetters(IMailQueue mail, Texts texts, IOptions<HouseOptions> house)
{
    /// <summary>Asks whether an address is to be subscribed. An answer to the mail is as good as the link.</summary>
    public async Task ConfirmAsync(Board board, Subscription asked, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(asked);
        var language = LanguageOf(board);
        await mail.EnqueueAsync(
            new SystemMail
            {
                Source = DiscussionsModule.Name,
                To = asked.Address!,
                Subject = texts.In(language, "discussions.mail.confirm.subject", board.Title),
                Text = texts.In(language, "discussions.mail.confirm.text", board.Title, Site + board.Path, $"{Site}/boards/confirm/{asked.Token}"),
                ReplyTo = board.Address is null ? null : BoardMailbox.Write(board, BoardMailboxKind.Confirm, asked.Token),
            },
            cancellation);
    }

    /// <summary>Answers a command that came by mail.</summary>
    public async Task AnswerAsync(Board board, string to, string key, string? inReplyTo, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(board);
        var language = LanguageOf(board);
        await mail.EnqueueAsync(
            new SystemMail
            {
                Source = DiscussionsModule.Name,
                To = to,
                Subject = texts.In(language, key + ".subject", board.Title),
                Text = texts.In(
                    language, key + ".text", board.Title, Site + board.Path, board.Address,
                    BoardMailbox.Write(board, BoardMailboxKind.Subscribe), BoardMailbox.Write(board, BoardMailboxKind.Unsubscribe)),
                InReplyTo = inReplyTo,
            },
            cancellation);
    }

    private string Site => house.Value.PublicUrl.TrimEnd('/');

    private static CultureInfo LanguageOf(Board board) => CultureInfo.GetCultureInfo(board.Language);
}
