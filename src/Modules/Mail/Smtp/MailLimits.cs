using System.Net;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Organisation;
using Plenum.Kernel.Limits;
using Plenum.Protocols.Mail.Smtp;

namespace Plenum.Mail.Smtp;

/// <summary>How much mail an account, a network and the world may bring. Sign-ins have the kernel's own limiter.</summary>
internal sealed class MailLimits(IOptions<MailOptions> options, TimeProvider clock)
{
    private static readonly SmtpReply NetworkIsFast = new(450, "4.7.1", "Your network brings too much mail at once, come later");
    private static readonly SmtpReply WorldIsFast = new(451, "4.3.2", "Too much mail at once, come later");
    private static readonly SmtpReply Guessing = new(450, "4.7.1", "Too many unknown recipients, come later");
    private static readonly SmtpReply AccountIsFast = new(450, "4.7.1", "You have written to too many recipients within an hour");

    private readonly RateWindows<NetworkPrefix> _messages = new(TimeSpan.FromMinutes(1), clock);
    private readonly RateWindows<NetworkPrefix> _unknown = new(TimeSpan.FromHours(1), clock);
    private readonly RateWindows<AccountId> _recipients = new(TimeSpan.FromHours(1), clock);
    private readonly RateWindows<bool> _all = new(TimeSpan.FromMinutes(1), clock);

    /// <summary>Counts a message another server begins to bring; null lets it.</summary>
    public SmtpReply? CountMessage(IPAddress client)
        => !_messages.TryCount(NetworkPrefix.Of(client), options.Value.MessagesPerNetworkAndMinute) ? NetworkIsFast
            : !_all.TryCount(true, options.Value.MessagesPerMinute) ? WorldIsFast
            : null;

    /// <summary>Counts a recipient a member writes to; null lets it.</summary>
    public SmtpReply? CountRecipient(AccountId account)
        => _recipients.TryCount(account, options.Value.RecipientsPerAccountAndHour) ? null : AccountIsFast;

    /// <summary>Null unless the network has guessed too often.</summary>
    public SmtpReply? CheckGuessing(IPAddress client)
        => _unknown.IsFull(NetworkPrefix.Of(client), options.Value.UnknownRecipientsPerNetworkAndHour) ? Guessing : null;

    public void CountUnknown(IPAddress client) => _unknown.Count(NetworkPrefix.Of(client));
}
