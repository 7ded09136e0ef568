using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Listeners;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Permissions;

namespace Plenum.Operations.Doctor;

/// <summary>Every DNS record this house needs: what the modules ask for, and what follows from the domains and listeners themselves.</summary>
public sealed class Zone(IEnumerable<IZoneSource> sources, Access access, Ports ports, IOptions<HouseOptions> house)
{
    private const int MaxTextString = 255; // RFC 1035 §3.3: a character-string holds so many octets.

    // Listener, service name (RFC 6186, RFC 8314 §5.1, XEP-0368) and the port the world connects to: production maps it to ours.
    private static readonly (string Listener, string Service, int Port)[] Services =
    [
        ("submission", "_submission._tcp", 587), ("submissions", "_submissions._tcp", 465), ("imap", "_imap._tcp", 143), ("imaps", "_imaps._tcp", 993),
        ("sieve", "_sieve._tcp", 4190), ("managesieve", "_sieve._tcp", 4190), ("xmpp", "_xmpp-client._tcp", 5222), ("xmpp-tls", "_xmpps-client._tcp", 5223), ("xmpps", "_xmpps-client._tcp", 5223),
        ("xmpp-s2s", "_xmpp-server._tcp", 5269), ("sip", "_sip._tcp", 5060),
    ];

    /// <summary>The name the world knows this server by; null while House:HostName is not set.</summary>
    public string? HostName => house.Value.HostName is "localhost" or "" ? null : house.Value.HostName;

    /// <summary>Mail domains of all units, in lower case with A-labels.</summary>
    public async Task<IReadOnlyList<string>> DomainsAsync(CancellationToken cancellation)
        => [.. (await access.TreeAsync(cancellation)).MailDomains.Order(StringComparer.Ordinal)];

    /// <summary>Records whose names lie in one of these domains; a module's word on a name and type goes before the defaults of this class.</summary>
    public async Task<IReadOnlyList<ZoneRecord>> RecordsAsync(IReadOnlyCollection<string> domains, CancellationToken cancellation)
    {
        var records = new List<ZoneRecord>();
        foreach (var source in sources)
        {
            records.AddRange((await source.RecordsAsync(cancellation)).Where(r => domains.Any(d => IsIn(r.Name, d))));
        }

        foreach (var wanted in domains.SelectMany(Defaults))
        {
            if (!records.Exists(r => r.Name == wanted.Name && r.Type == wanted.Type && (r.Type != "TXT" || Beginning(r.Data) == Beginning(wanted.Data))))
            {
                records.Add(wanted);
            }
        }

        return records;
    }

    /// <summary>The records as a zone file (RFC 1035 §5), each with its reason.</summary>
    public async Task<string> WriteAsync(string domain, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"; Records Plenum needs in the zone {domain}. Add them to what the zone has already.\n");
        if (HostName is { } host)
        {
            var addresses = PublicAddresses();
            text.Append(CultureInfo.InvariantCulture, $"\n; The server itself. Its addresses need the reverse name (PTR) {host} as well; the provider of the address sets it.\n");
            foreach (var address in IsIn(host, domain) ? addresses : [])
            {
                text.Append(CultureInfo.InvariantCulture, $"{host}.\t3600\tIN\t{(address.AddressFamily == AddressFamily.InterNetwork ? "A" : "AAAA")}\t{address}\n");
            }

            if (addresses.Count == 0 || !IsIn(host, domain))
            {
                text.Append(CultureInfo.InvariantCulture, $"; {host}.\t3600\tIN\tA\t(the server's public address)\n");
            }
        }

        foreach (var record in await RecordsAsync([domain], cancellation))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n; {record.Reason}\n{record.Name}.\t3600\tIN\t{record.Type}\t{DataOf(record)}\n");
        }

        return text.ToString();
    }

    private IEnumerable<ZoneRecord> Defaults(string domain)
    {
        if (HostName is not { } host)
        {
            yield break;
        }

        if (ports.Find("smtp") is not null)
        {
            yield return new(domain, "MX", $"10 {host}.", "Without it no mail arrives.");
            yield return new(domain, "TXT", $"v=spf1 a:{host} -all", "SPF: says that this server may send for the domain; without it mail is taken for spam.");
            yield return new("_dmarc." + domain, "TXT", $"v=DMARC1; p=quarantine; rua=mailto:postmaster@{domain}", "DMARC: what others do with forged mail, and where their reports go.");
            yield return new("_smtp._tls." + domain, "TXT", $"v=TLSRPTv1; rua=mailto:postmaster@{domain}", "TLS reports: where others tell that encryption failed.");
        }

        foreach (var (listener, service, port) in Services.Where(s => ports.Find(s.Listener) is not null).DistinctBy(s => s.Service))
        {
            yield return new($"{service}.{domain}", "SRV", string.Create(CultureInfo.InvariantCulture, $"0 1 {port} {host}."), $"Programs find {listener} by it.");
        }
    }

    private static bool IsIn(string name, string domain) => name == domain || name.EndsWith("." + domain, StringComparison.Ordinal);

    // "v=spf1", "v=DMARC1": several TXT records may share a name.
    private static string Beginning(string data) => data.Split([' ', ';'], 2)[0];

    private static string DataOf(ZoneRecord record)
        => record.Type == "TXT"
            ? string.Join(' ', record.Data.Chunk(MaxTextString).Select(part => "\"" + new string(part).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\""))
            : record.Data;

    private static List<IPAddress> PublicAddresses()
        => [.. NetworkInterface.GetAllNetworkInterfaces().Where(n => n.OperationalStatus == OperationalStatus.Up)
            .SelectMany(n => n.GetIPProperties().UnicastAddresses).Select(u => u.Address).Where(IsPublic).Distinct()];

    private static bool IsPublic(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? bytes is not ([127, ..] or [10, ..] or [192, 168, ..] or [169, 254, ..] or [172, >= 16 and <= 31, ..] or [100, >= 64 and <= 127, ..]) // RFC 1918, RFC 6598
            : !IPAddress.IsLoopback(address) && !address.IsIPv6LinkLocal && !address.IsIPv6UniqueLocal && !address.IsIPv6Multicast;
    }
}
