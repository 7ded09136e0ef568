using Microsoft.Extensions.Options;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;

namespace Plenum.Mail;

/// <summary>What this house calls itself in mail.</summary>
public sealed class MailNames(IOptions<MailOptions> options, IOptions<HouseOptions> house, Access access)
{
    /// <summary>Name in EHLO, Received and Authentication-Results.</summary>
    public string HostName => options.Value.HostName is { Length: > 0 } own ? own : house.Value.HostName;

    /// <summary>Mail domain of the root unit; the host's name before the organisation is set up.</summary>
    public async ValueTask<string> MainDomainAsync(CancellationToken cancellation)
        => (await access.TreeAsync(cancellation)).Root?.MailDomain ?? HostName;

    /// <summary>The mailbox the organisation's own mails come from.</summary>
    public async ValueTask<MailAddress> SystemSenderAsync(CancellationToken cancellation)
    {
        var text = options.Value.SystemSender is { Length: > 0 } chosen ? chosen : $"noreply@{await MainDomainAsync(cancellation)}";
        return MailAddress.TryParse(text, out var address) ? address : throw new InvalidOperationException($"{text} is no mail address.");
    }
}
