using System.Net;
using Plenum.Kernel.Addresses;
using Plenum.Kernel.Health;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dmarc;
using Plenum.Protocols.Mail.Dns;
using Plenum.Protocols.Mail.MtaSts;
using Plenum.Protocols.Mail.Spf;
using Plenum.Protocols.Mail.TlsRpt;

namespace Plenum.Operations.Doctor;

/// <summary>Are the records there that the world needs to find and believe this server?</summary>
internal sealed class DnsProbe(Zone zone, IPublicDns dns) : IHealthProbe
{
    private const string Area = "dns";

    public HealthDepth Depth => HealthDepth.Doctor;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellation)
    {
        if (zone.HostName is not { } host)
        {
            return [new(Area, HealthState.Warning, "health.dns.no-host-name")];
        }

        var (v4, v6) = (await dns.ResolveAAsync(host, cancellation), await dns.ResolveAaaaAsync(host, cancellation));
        if (v4.Status == DnsStatus.TempFail && v6.Status == DnsStatus.TempFail)
        {
            return [new(Area, HealthState.Unknown, "health.dns.silent")];
        }

        IPAddress[] addresses = [.. v4.Records, .. v6.Records];
        var findings = new List<Finding>();
        if (addresses.Length == 0)
        {
            findings.Add(new(Area, HealthState.Bad, "health.dns.host-unknown", host));
        }

        foreach (var address in addresses)
        {
            findings.Add(await ReverseAsync(host, address, cancellation));
        }

        foreach (var domain in await zone.DomainsAsync(cancellation))
        {
            foreach (var wanted in await zone.RecordsAsync([domain], cancellation))
            {
                findings.Add(await LookForAsync(wanted, host, domain, addresses, cancellation));
            }
        }

        return findings;
    }

    private async Task<Finding> ReverseAsync(string host, IPAddress address, CancellationToken cancellation)
    {
        var names = await dns.ResolvePtrAsync(address, cancellation);
        return names.Status == DnsStatus.TempFail ? new(Area, HealthState.Unknown, "health.dns.unanswered", address, "PTR")
            : names.Records.Contains(host, StringComparer.OrdinalIgnoreCase) ? new(Area, HealthState.Good, "health.dns.reverse", address, host)
            : new(Area, HealthState.Bad, "health.dns.reverse-wrong", address, host, names.Records.Count > 0 ? names.Records[0] : "–");
    }

    private async Task<Finding> LookForAsync(ZoneRecord wanted, string host, string domain, IPAddress[] addresses, CancellationToken cancellation) => wanted.Type switch
    {
        "MX" => await MxAsync(wanted, host, cancellation),
        "TXT" => await TextAsync(wanted, host, domain, addresses, cancellation),
        "SRV" => Compare(wanted, await dns.ResolveSrvAsync(wanted.Name, cancellation), (found, data) => Ending(found) == Ending(data), HealthState.Warning),
        "A" => Compare(wanted, await dns.ResolveAAsync(wanted.Name, cancellation), (found, data) => found.ToString() == data, HealthState.Bad),
        "AAAA" => Compare(wanted, await dns.ResolveAaaaAsync(wanted.Name, cancellation), (found, data) => found.Equals(IPAddress.Parse(data)), HealthState.Bad),
        _ => new(Area, HealthState.Unknown, "health.dns.not-looked", wanted.Name, wanted.Type),
    };

    private async Task<Finding> MxAsync(ZoneRecord wanted, string host, CancellationToken cancellation)
    {
        var found = await dns.ResolveMxAsync(wanted.Name, cancellation);
        return found.Status == DnsStatus.TempFail ? Unanswered(wanted)
            : found.Records.Any(m => string.Equals(m.Exchange, host, StringComparison.OrdinalIgnoreCase)) ? Good(wanted)
            : found.Records.Count == 0 ? Missing(wanted, HealthState.Bad)
            : new(Area, HealthState.Bad, "health.dns.mx-elsewhere", wanted.Name, found.Records[0].Exchange, host);
    }

    private async Task<Finding> TextAsync(ZoneRecord wanted, string host, string domain, IPAddress[] addresses, CancellationToken cancellation)
    {
        var found = await dns.ResolveTxtAsync(wanted.Name, cancellation);
        if (found.Status == DnsStatus.TempFail)
        {
            return Unanswered(wanted);
        }

        if (wanted.Data.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase))
        {
            return await SpfAsync(wanted, found.Records, host, domain, addresses, cancellation);
        }

        if (wanted.Name.Contains("._domainkey.", StringComparison.Ordinal))
        {
            return Dkim(wanted, found.Records);
        }

        if (wanted.Name.StartsWith("_dmarc.", StringComparison.Ordinal))
        {
            return found.Records.Select(t => DmarcRecord.TryParse(t, out var record) ? record : null).OfType<DmarcRecord>().FirstOrDefault() is not { } policy ? Missing(wanted, HealthState.Bad)
                : policy.Policy == DmarcPolicy.None ? new(Area, HealthState.Warning, "health.dns.dmarc-none", wanted.Name)
                : Good(wanted);
        }

        var isThere = wanted.Name.StartsWith("_mta-sts.", StringComparison.Ordinal) ? MtaStsRecord.Choose(found.Records) is not null
            : wanted.Name.StartsWith("_smtp._tls.", StringComparison.Ordinal) ? found.Records.Any(t => TlsRptRecord.TryParse(t, out _))
            : found.Records.Contains(wanted.Data, StringComparer.Ordinal);
        return isThere ? Good(wanted) : Missing(wanted, HealthState.Warning);
    }

    // What counts is not the text but whether this server's addresses pass.
    private async Task<Finding> SpfAsync(ZoneRecord wanted, IReadOnlyList<string> found, string host, string domain, IPAddress[] addresses, CancellationToken cancellation)
    {
        if (!found.Any(t => t.StartsWith("v=spf1", StringComparison.OrdinalIgnoreCase)))
        {
            return Missing(wanted, HealthState.Bad);
        }

        var checker = new SpfChecker(dns);
        foreach (var address in addresses)
        {
            var verdict = await checker.CheckAsync(new(address, host, "postmaster@" + domain), cancellation);
            if (verdict.Result != SpfResult.Pass)
            {
                return new(Area, HealthState.Bad, "health.dns.spf-fails", domain, address, verdict.Result);
            }
        }

        return Good(wanted);
    }

    private static Finding Dkim(ZoneRecord wanted, IReadOnlyList<string> found)
    {
        var ours = DkimKeyRecord.TryParse(wanted.Data, out var key) ? key.PublicKey : default;
        var published = found.Select(t => DkimKeyRecord.TryParse(t, out var record) ? record : null).OfType<DkimKeyRecord>().ToList();
        return published.Count == 0 ? Missing(wanted, HealthState.Bad)
            : published.Exists(p => p.PublicKey.Span.SequenceEqual(ours.Span)) ? Good(wanted)
            : new(Area, HealthState.Bad, "health.dns.dkim-other", wanted.Name);
    }

    private static Finding Compare<T>(ZoneRecord wanted, DnsAnswer<T> found, Func<T, string, bool> fits, HealthState otherwise)
        => found.Status == DnsStatus.TempFail ? Unanswered(wanted) : found.Records.Any(r => fits(r, wanted.Data)) ? Good(wanted) : Missing(wanted, otherwise);

    // Port and target of an SRV record; priority and weight are the owner's choice.
    private static string Ending(string srv) => string.Join(' ', srv.Split(' ').Skip(2)).TrimEnd('.').ToLowerInvariant();

    private static Finding Good(ZoneRecord wanted) => new(Area, HealthState.Good, "health.dns.there", wanted.Name, wanted.Type);

    private static Finding Unanswered(ZoneRecord wanted) => new(Area, HealthState.Unknown, "health.dns.unanswered", wanted.Name, wanted.Type);

    private static Finding Missing(ZoneRecord wanted, HealthState state) => new(Area, state, "health.dns.missing", wanted.Name, wanted.Type, wanted.Data, wanted.Reason);
}
