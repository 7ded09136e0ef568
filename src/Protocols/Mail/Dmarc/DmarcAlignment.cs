using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dns;
using Plenum.Protocols.Mail.Spf;

namespace Plenum.Protocols.Mail.Dmarc;

/// <summary>Identifier alignment (RFC 7489 §3.1) for one From domain.</summary>
internal sealed class DmarcAlignment(DmarcLookup lookup, string from, DmarcRecord record)
{
    /// <summary>Whether a signature with this result is aligned (RFC 7489 §3.1.1).</summary>
    public async ValueTask<bool> HasAsync(IReadOnlyList<DkimVerdict> verdicts, DkimResult result)
    {
        foreach (var verdict in verdicts)
        {
            if (verdict.Result == result && !verdict.IsTesting && verdict.Signature is { } signature
                && await IsAlignedAsync(signature.Domain, record.IsDkimStrict))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>RFC 7489 §3.1.2</summary>
    public async ValueTask<bool> IsAlignedAsync(SpfVerdict spf)
        => DomainName.TryNormalize(spf.Domain, out var domain) && await IsAlignedAsync(domain, record.IsSpfStrict);

    private async ValueTask<bool> IsAlignedAsync(string domain, bool isStrict)
        => domain == from || (!isStrict && await lookup.OrganizationOfAsync(domain) == await lookup.OrganizationOfAsync(from));
}
