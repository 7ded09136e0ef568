using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>Asks whether a foreign domain wants another's reports (RFC 7489 §7.1): nobody can be flooded by being named in rua=.</summary>
public static class DmarcReportDestination
{
    /// <returns>True if the destination lies in the same organizational domain, or has published its consent.</returns>
    public static async ValueTask<bool> AcceptsAsync(
        string policyDomain, DmarcReportUri destination, IPublicSuffixList suffixes, IDnsResolver resolver, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        ArgumentNullException.ThrowIfNull(suffixes);
        ArgumentNullException.ThrowIfNull(resolver);
        if (!DomainName.TryNormalize(policyDomain, out var from) || !DomainName.TryNormalize(destination.Uri.Host, out var to))
        {
            return false;
        }

        if (suffixes.OrganizationalDomainOf(from) == suffixes.OrganizationalDomainOf(to))
        {
            return true;
        }

        var answer = await resolver.ResolveTxtAsync($"{from}._report._dmarc.{to}", cancellation);
        return answer.Records.Any(text => text.StartsWith("v=DMARC1", StringComparison.Ordinal));
    }
}
