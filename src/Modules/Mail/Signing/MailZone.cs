using System.Globalization;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Addresses;

namespace Plenum.Mail.Signing;

/// <summary>The DNS records mail needs: who takes it, who may send it, who signs it, where mail programs find us.</summary>
internal sealed class MailZone(IEnumerable<ILocalDomains> domains, SigningKeys keys, MailNames names, IOptions<MailOptions> options) : IZoneSource
{
    public async Task<IReadOnlyList<ZoneRecord>> RecordsAsync(CancellationToken cancellation)
    {
        var all = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var source in domains)
        {
            all.UnionWith(await source.DomainsAsync(cancellation));
        }

        var records = new List<ZoneRecord>();
        foreach (var domain in all)
        {
            records.Add(new(domain, "MX", $"10 {names.HostName}.", "No mail reaches the domain."));
            records.Add(new(domain, "TXT", Spf, "Receivers cannot tell our mail from forged mail (SPF)."));
            foreach (var key in await keys.KeysOfAsync(domain, cancellation))
            {
                records.Add(new($"{key.Selector}._domainkey.{domain}", "TXT", key.DnsRecord, "Our signatures cannot be verified (DKIM)."));
            }

            records.Add(new($"_dmarc.{domain}", "TXT", $"v=DMARC1; p=quarantine; rua=mailto:postmaster@{domain}", "Large providers refuse bulk mail without a DMARC policy."));
            records.Add(Service(domain, "submission", 587));
            records.Add(Service(domain, "submissions", 465));
        }

        return records;
    }

    // Behind a smart host its addresses send, which only its owner knows.
    private string Spf => options.Value.SmartHost.Length == 0 ? "v=spf1 mx -all" : "v=spf1 mx ~all";

    private ZoneRecord Service(string domain, string service, int port)
        => new($"_{service}._tcp.{domain}", "SRV", string.Create(CultureInfo.InvariantCulture, $"0 1 {port} {names.HostName}."), "Mail programs cannot set themselves up (RFC 6186).");
}
