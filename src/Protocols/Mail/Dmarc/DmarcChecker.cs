using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dns;
using Plenum.Protocols.Mail.Spf;

namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>
/// Compares the From domain with what DKIM and SPF proved and looks up what its owner wants done (RFC 7489 §6.6).
/// One checker serves many messages and threads.
/// </summary>
/// <param name="suffixes">The public suffix list; null walks the DNS tree instead, as DMARCbis does.</param>
/// <param name="roll">A number from 0 to 99 for pct= (RFC 7489 §6.6.4); random if null.</param>
public sealed class DmarcChecker(IDnsResolver resolver, IPublicSuffixList? suffixes, Func<int>? roll = null)
{
    /// <summary>Checks a message. With several From domains the strictest outcome counts (RFC 7489 §6.6.1).</summary>
    public async ValueTask<DmarcVerdict> CheckAsync(
        HeaderBlock header, SpfVerdict spf, IReadOnlyList<DkimVerdict> dkim, CancellationToken cancellation = default)
    {
        if (!FromDomains.TryRead(header, out var domains))
        {
            return new DmarcVerdict(DmarcResult.PermError, "") { Problem = "The message has no single readable From field." };
        }

        var strictest = await CheckAsync(domains[0], spf, dkim, cancellation);
        foreach (var domain in domains.Skip(1))
        {
            var verdict = await CheckAsync(domain, spf, dkim, cancellation);
            strictest = Severity(verdict) > Severity(strictest) ? verdict : strictest;
        }

        return strictest;
    }

    /// <summary>Checks one From domain.</summary>
    /// <param name="fromDomain">A- or U-labels.</param>
    /// <param name="spf">For MAIL FROM, or for EHLO if the reverse-path is empty (RFC 7489 §3.1.2).</param>
    public async ValueTask<DmarcVerdict> CheckAsync(
        string fromDomain, SpfVerdict spf, IReadOnlyList<DkimVerdict> dkim, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(spf);
        ArgumentNullException.ThrowIfNull(dkim);
        if (!DomainName.TryNormalize(fromDomain, out var from))
        {
            return new DmarcVerdict(DmarcResult.PermError, fromDomain) { Problem = "The From domain is no DNS name." };
        }

        var lookup = new DmarcLookup(resolver, suffixes, cancellation);
        var discovery = await lookup.DiscoverAsync(from);
        if (discovery.Record is not { } record)
        {
            return discovery.IsTempError
                ? new DmarcVerdict(DmarcResult.TempError, from) { Problem = $"No DNS answer about _dmarc.{from}." }
                : new DmarcVerdict(DmarcResult.None, from);
        }

        var alignment = new DmarcAlignment(lookup, from, record);
        var isDkimAligned = await alignment.HasAsync(dkim, DkimResult.Pass);
        var isSpfAligned = spf.Result is SpfResult.Pass && await alignment.IsAlignedAsync(spf);
        var isUnsure = !isDkimAligned && !isSpfAligned
            && (await alignment.HasAsync(dkim, DkimResult.TempError) || (spf.Result is SpfResult.TempError && await alignment.IsAlignedAsync(spf)));
        var result = isDkimAligned || isSpfAligned ? DmarcResult.Pass : isUnsure ? DmarcResult.TempError : DmarcResult.Fail;
        var published = await PolicyForAsync(from, discovery, cancellation);
        var (disposition, isSampledOut) = result is DmarcResult.Fail ? Sample(record, published) : (DmarcPolicy.None, false);
        return new DmarcVerdict(result, from)
        {
            PolicyDomain = discovery.Domain,
            Record = record,
            PublishedPolicy = published,
            Disposition = disposition,
            IsDkimAligned = isDkimAligned,
            IsSpfAligned = isSpfAligned,
            IsSampledOut = isSampledOut,
            Problem = isUnsure ? "The aligned method had a temporary error." : null,
        };
    }

    /// <summary>p, sp or np (RFC 7489 §6.3, RFC 9091 §4): np is for names that have neither address nor exchanger.</summary>
    private async ValueTask<DmarcPolicy> PolicyForAsync(string from, DmarcDiscovery discovery, CancellationToken cancellation)
    {
        var record = discovery.Record!;
        if (discovery.Domain == from)
        {
            return record.Policy;
        }

        var isNonexistent = record.NonexistentPolicy is not null
            && (await resolver.ResolveAAsync(from, cancellation)).Status is DnsStatus.NxDomain
            && (await resolver.ResolveMxAsync(from, cancellation)).Status is DnsStatus.NxDomain;
        return (isNonexistent ? record.NonexistentPolicy : null) ?? record.SubdomainPolicy ?? record.Policy;
    }

    /// <summary>RFC 7489 §6.6.4: mail outside the percentage gets the next weaker policy; t=y (DMARCbis) does the same to all.</summary>
    private (DmarcPolicy Disposition, bool IsSampledOut) Sample(DmarcRecord record, DmarcPolicy policy)
    {
        var applies = !record.IsTesting && (record.Percent == 100 || (roll?.Invoke() ?? Random.Shared.Next(100)) < record.Percent);
        return applies || policy is DmarcPolicy.None
            ? (policy, false)
            : (policy is DmarcPolicy.Reject ? DmarcPolicy.Quarantine : DmarcPolicy.None, true);
    }

    private static int Severity(DmarcVerdict verdict)
        => ((int)verdict.Disposition * 10) + verdict.Result switch
        {
            DmarcResult.Fail => 4,
            DmarcResult.PermError => 3,
            DmarcResult.TempError => 2,
            DmarcResult.None => 1,
            _ => 0,
        };
}
