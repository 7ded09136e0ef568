using System.ComponentModel.DataAnnotations;
using System.Net;
using Plenum.Kernel.Addresses;

namespace Plenum.Mail;

/// <summary>Settings under "Mail".</summary>
public sealed class MailOptions : IValidatableObject
{
    /// <summary>Name this server calls itself in mail; should equal the reverse DNS name of its address. Empty: House:HostName.</summary>
    public string HostName { get; init; } = "";

    /// <summary>Mailbox that mails from the organisation itself come from. Empty: "noreply@" and the mail domain of the root unit.</summary>
    public string SystemSender { get; init; } = "";

    /// <summary>Who reads mail to postmaster@ and abuse@ of our domains. Empty: the operators, at their own addresses.</summary>
    public IReadOnlyList<string> Postmaster { get; init; } = [];

    /// <summary>Largest message in octets, announced as SIZE and answered with 552 above.</summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int MaxMessageBytes { get; init; } = 50 * 1024 * 1024; // Gmail takes 50 MB in, sends 25 MB; members send scans.

    /// <summary>Recipients per transaction, announced as LIMITS RCPTMAX.</summary>
    [Range(100, 100_000)] // RFC 5321 §4.5.3.1.8
    public int MaxRecipients { get; init; } = 1_000; // smtpd_recipient_limit of Postfix.

    /// <summary>Check SPF, DKIM, DMARC and ARC of mail from other servers. Needs the DNS.</summary>
    public bool ChecksSenders { get; init; } = true;

    /// <summary>Refuse mail that fails DMARC where the From domain asks for it (p=reject).</summary>
    public bool RefusesForgeries { get; init; } = true;

    /// <summary>Domains whose ARC seal is believed when a forwarder broke DMARC, e.g. "googlegroups.com".</summary>
    public IReadOnlyList<string> TrustedArcSealers { get; init; } = [];

    /// <summary>Resolvers to ask, "address" or "address:port". Empty: those of the machine.</summary>
    public IReadOnlyList<string> DnsServers { get; init; } = [];

    /// <summary>Recipients one account may write to within an hour, its own domains' included.</summary>
    [Range(1, 1_000_000)]
    public int RecipientsPerAccountAndHour { get; init; } = 500; // A person writing to a list needs one; a stolen password wants a million.

    /// <summary>Messages one network (IPv4 /24, IPv6 /64) may bring within a minute at the port for other servers.</summary>
    [Range(1, 1_000_000)]
    public int MessagesPerNetworkAndMinute { get; init; } = 300; // A large provider's burst; a board's answers come one by one.

    /// <summary>Messages from other servers within a minute in all; beyond it they are asked to come later.</summary>
    [Range(1, 1_000_000)]
    public int MessagesPerMinute { get; init; } = 6_000;

    /// <summary>Unknown recipients one network may ask for within an hour before it has to wait: who guesses addresses guesses thousands.</summary>
    [Range(1, 1_000_000)]
    public int UnknownRecipientsPerNetworkAndHour { get; init; } = 100;

    /// <summary>How long a mail is tried before it goes back to its sender.</summary>
    public TimeSpan QueueLifetime { get; init; } = TimeSpan.FromDays(5); // RFC 5321 §4.5.4.1: at least 4-5 days.

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SystemSender.Length > 0 && !MailAddress.TryParse(SystemSender, out _))
        {
            yield return new($"\"{SystemSender}\" is no mail address.", [nameof(SystemSender)]);
        }

        if (HostName.Length > 0 && !MailAddress.TryFoldDomain(HostName, out _))
        {
            yield return new($"\"{HostName}\" is no host name.", [nameof(HostName)]);
        }

        if (QueueLifetime < TimeSpan.FromHours(1))
        {
            yield return new("must be at least one hour.", [nameof(QueueLifetime)]);
        }

        foreach (var address in Postmaster.Where(a => !MailAddress.TryParse(a, out _)))
        {
            yield return new($"\"{address}\" is no mail address.", [nameof(Postmaster)]);
        }

        foreach (var server in DnsServers.Where(s => !IPEndPoint.TryParse(s, out _)))
        {
            yield return new($"\"{server}\" is no address of a DNS server.", [nameof(DnsServers)]);
        }
    }
}
