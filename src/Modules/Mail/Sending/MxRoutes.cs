using System.Net;
using Microsoft.Extensions.Options;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Mail.Sending;

/// <summary>Finds the hosts that take mail for a domain (RFC 5321 §5.1, RFC 7505).</summary>
internal sealed class MxRoutes(IDnsResolver resolver, IOptions<MailOptions> options, MailNames names)
{
    private const int MaxHosts = 10; // Hosts beyond these are spares of spares.
    private const int MaxAddressesPerHost = 4;

    public async Task<Route> FindAsync(string domain, CancellationToken cancellation)
    {
        var answer = await resolver.ResolveMxAsync(domain, cancellation);
        IReadOnlyList<MxRecord> records;
        switch (answer.Status)
        {
            case DnsStatus.TempFail:
                return Route.No("4.4.3", $"No answer about the mail servers of {domain}");
            case DnsStatus.NxDomain:
                return Route.No("5.1.2", $"The domain {domain} does not exist");
            case DnsStatus.NoData:
                records = [new(0, domain)]; // The implicit MX: the domain's own address.
                break;
            default:
                if (answer.Records is [{ IsNull: true }])
                {
                    return Route.No("5.1.10", $"{domain} takes no mail (null MX)"); // RFC 7505 §4.1
                }

                records = answer.Records;
                break;
        }

        // RFC 5321 §5.1: with ourselves in the list, only hosts before us are nearer.
        var ownPlace = records.Where(IsUs).Select(r => (int?)r.Preference).Min();
        var candidates = records.Where(r => !r.IsNull && (ownPlace is null || r.Preference < ownPlace)).ToList();
        if (candidates.Count == 0)
        {
            return Route.No("5.4.6", $"Mail for {domain} loops back to us: its MX names this server, which does not know the domain");
        }

        return await ResolveAsync(domain, candidates, cancellation);
    }

    private bool IsUs(MxRecord record) => DomainName.TryNormalize(record.Exchange, out var exchange) && DomainName.TryNormalize(names.HostName, out var own) && exchange == own;

    private async Task<Route> ResolveAsync(string domain, List<MxRecord> records, CancellationToken cancellation)
    {
        var hosts = new List<RouteHost>();
        var isUnsure = false;
        var isClosed = false;
        foreach (var record in records.OrderBy(r => r.Preference).ThenBy(_ => Random.Shared.Next()).Take(MaxHosts))
        {
            var six = await resolver.ResolveAaaaAsync(record.Exchange, cancellation);
            var four = await resolver.ResolveAAsync(record.Exchange, cancellation);
            isUnsure |= six.Status is DnsStatus.TempFail || four.Status is DnsStatus.TempFail;
            foreach (var address in Interleave(six.Records, four.Records).Take(MaxAddressesPerHost))
            {
                if (options.Value.AllowsPrivateDestinations || DestinationGuard.IsPublic(address))
                {
                    hosts.Add(new(record.Exchange, address, options.Value.DestinationPort));
                }
                else
                {
                    isClosed = true;
                }
            }
        }

        return hosts.Count > 0 ? new() { Hosts = hosts }
            : isUnsure ? Route.No("4.4.3", $"No answer about the addresses of the mail servers of {domain}")
            : isClosed ? Route.No("5.4.4", $"The mail servers of {domain} have private addresses only")
            : Route.No("5.4.4", $"{domain} has neither a mail server nor an address");
    }

    // RFC 8305 §4: alternate, so that a host whose IPv6 is broken costs one failure, not four.
    private static IEnumerable<IPAddress> Interleave(IReadOnlyList<IPAddress> first, IReadOnlyList<IPAddress> second)
        => Enumerable.Range(0, Math.Max(first.Count, second.Count)).SelectMany(i => first.Skip(i).Take(1).Concat(second.Skip(i).Take(1)));
}
