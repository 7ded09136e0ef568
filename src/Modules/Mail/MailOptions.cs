using System.ComponentModel.DataAnnotations;
using System.Net;
using Plenum.Kernel.Addresses;
using Plenum.Mail.Sending;

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

    /// <summary>Host that takes all our mail, "host:port" (587 if left out). Empty: each domain's own mail servers are asked, in the demo none.</summary>
    public string SmartHost { get; init; } = "";

    /// <summary>TLS towards the smart host: None, WhenOffered, StartTls (required, certificate checked), Implicit (from the first octet).</summary>
    public OutgoingTls SmartHostTls { get; init; } = OutgoingTls.WhenOffered;

    /// <summary>Name to sign in with at the smart host. Empty: no sign-in.</summary>
    public string SmartHostLogin { get; init; } = "";

    /// <summary>Better given as the environment variable PLENUM_Mail__SmartHostPassword.</summary>
    public string SmartHostPassword { get; init; } = "";

    /// <summary>Connections held to one destination at once.</summary>
    [Range(1, 100)]
    public int ConnectionsPerDestination { get; init; } = 5; // Postfix opens 20; large providers defer small senders who do.

    /// <summary>Connections held to the smart host at once.</summary>
    [Range(1, 200)]
    public int ConnectionsToSmartHost { get; init; } = 20;

    /// <summary>Port of other domains' mail servers.</summary>
    [Range(1, 65_535)]
    public int DestinationPort { get; init; } = 25;

    /// <summary>Bring mail to private addresses too, where a domain's MX names such: for closed networks.</summary>
    public bool AllowsPrivateDestinations { get; init; }

    /// <summary>Wait after a first attempt that failed for now; doubled after each further one.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromMinutes(5); // Greylisting asks for five minutes.

    /// <summary>No wait is longer.</summary>
    public TimeSpan LongestRetry { get; init; } = TimeSpan.FromHours(4); // Postfix: maximal_backoff_time 4000 s; RFC 5321 §4.5.4.1 speaks of 2-3 hours.

    /// <summary>After what time a member is told that its mail is still on its way.</summary>
    public TimeSpan DelayNotice { get; init; } = TimeSpan.FromHours(4);

    /// <summary>How long operators can see what was sent or spooled, and how long a bounce finds the copy it is about.</summary>
    public TimeSpan KeepFinished { get; init; } = TimeSpan.FromDays(7); // Other servers try for five days and bounce then.

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

        if (SmartHost.Length > 0 && !Sending.SmartHost.TryParse(SmartHost, out _, out _))
        {
            yield return new($"\"{SmartHost}\" is no \"host:port\".", [nameof(SmartHost)]);
        }

        if (SmartHostLogin.Length > 0 != SmartHostPassword.Length > 0)
        {
            yield return new("SmartHostLogin and SmartHostPassword come together or not at all.", [nameof(SmartHostLogin), nameof(SmartHostPassword)]);
        }

        if (FirstRetry < TimeSpan.FromSeconds(1) || LongestRetry < FirstRetry)
        {
            yield return new("FirstRetry must be at least a second and not longer than LongestRetry.", [nameof(FirstRetry), nameof(LongestRetry)]);
        }

        if (KeepFinished < TimeSpan.FromHours(1))
        {
            yield return new("must be at least one hour: bounces of what was sent still come.", [nameof(KeepFinished)]);
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
