using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>
/// Finds records and organizational domains for one message: by the public suffix list (RFC 7489 §3.2, §6.6.3), or without one by walking up the
/// DNS tree (DMARCbis §4.10). Answers are kept for the message.
/// </summary>
internal sealed class DmarcLookup(IDnsResolver resolver, IPublicSuffixList? suffixes, CancellationToken cancellation)
{
    /// <summary>DMARCbis §4.10: a walk asks at most eight times; longer names jump to seven labels.</summary>
    private const int MaxWalkLabels = 7;

    private readonly Dictionary<string, DmarcDiscovery> _asked = new(StringComparer.Ordinal);

    /// <summary>The record for a From domain.</summary>
    public async ValueTask<DmarcDiscovery> DiscoverAsync(string from)
    {
        var own = await AskAsync(from);
        if (own.Record is not null || own.IsTempError)
        {
            return own;
        }

        if (suffixes is not null)
        {
            var organization = suffixes.OrganizationalDomainOf(from);
            return organization == from ? own : await AskAsync(organization);
        }

        var walk = await WalkAsync(from);
        var wanted = OrganizationIn(walk, from);
        return walk.Find(step => step.Domain == wanted)
            ?? walk.Find(step => step.Record!.PublicSuffix == 'y') ?? DmarcDiscovery.Nothing;
    }

    /// <summary>The organizational domain of any domain.</summary>
    public async ValueTask<string> OrganizationOfAsync(string domain)
        => suffixes is not null ? suffixes.OrganizationalDomainOf(domain) : OrganizationIn(await WalkAsync(domain), domain);

    /// <summary>DMARCbis §4.10.2</summary>
    private static string OrganizationIn(List<DmarcDiscovery> walk, string start)
    {
        foreach (var step in walk)
        {
            if (step.Record!.PublicSuffix == 'n')
            {
                return step.Domain!;
            }

            if (step.Record.PublicSuffix == 'y' && step.Domain != start)
            {
                var below = start[..(start.Length - step.Domain!.Length - 1)];
                return start[(below.LastIndexOf('.') + 1)..];
            }
        }

        return walk.Count > 0 ? walk[^1].Domain! : start;
    }

    /// <summary>Records on the way up, the lowest first (DMARCbis §4.10).</summary>
    private async ValueTask<List<DmarcDiscovery>> WalkAsync(string start)
    {
        var found = new List<DmarcDiscovery>();
        var name = start;
        while (true)
        {
            var step = await AskAsync(name);
            if (step.Record is not null)
            {
                found.Add(step);
                if (step.Record.PublicSuffix == 'n' || (step.Record.PublicSuffix == 'y' && name != start))
                {
                    return found;
                }
            }

            var labels = name.Split('.');
            if (labels.Length == 1)
            {
                return found;
            }

            name = string.Join('.', labels.Skip(Math.Max(1, labels.Length - MaxWalkLabels)));
        }
    }

    private async ValueTask<DmarcDiscovery> AskAsync(string domain)
    {
        if (_asked.TryGetValue(domain, out var known))
        {
            return known;
        }

        var answer = await resolver.ResolveTxtAsync($"_dmarc.{domain}", cancellation);
        return _asked[domain] = answer.Status is DnsStatus.TempFail ? DmarcDiscovery.TempError : Choose(domain, answer.Records);
    }

    /// <summary>RFC 7489 §6.6.3 steps 2 and 5: others' records are ignored, and several of ours count as none.</summary>
    private static DmarcDiscovery Choose(string domain, IReadOnlyList<string> texts)
    {
        DmarcRecord? only = null;
        foreach (var text in texts)
        {
            if (DmarcRecord.TryParse(text, out var record))
            {
                if (only is not null)
                {
                    return DmarcDiscovery.Nothing;
                }

                only = record;
            }
        }

        return only is null ? DmarcDiscovery.Nothing : new DmarcDiscovery(domain, only);
    }
}
