namespace Plenum.Kernel.Addresses;

/// <summary>Who answers mail for an address of ours. SMTP asks at RCPT time; nothing is accepted that nobody claims.</summary>
public sealed class AddressDirectory(IEnumerable<IAddressClaimant> claimants, IEnumerable<ILocalDomains> domains)
{
    private readonly IAddressClaimant[] _claimants = [.. claimants.OrderBy(c => c.Order)];

    /// <summary>True if mail for this domain ends here.</summary>
    public async ValueTask<bool> IsLocalAsync(string domain, CancellationToken cancellation)
    {
        foreach (var source in domains)
        {
            if ((await source.DomainsAsync(cancellation)).Contains(domain))
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>The claim, or null: no such address (550 5.1.1).</returns>
    public async ValueTask<AddressClaim?> FindAsync(MailAddress address, CancellationToken cancellation)
    {
        if (!await IsLocalAsync(address.Domain, cancellation))
        {
            return null;
        }

        foreach (var claimant in _claimants)
        {
            if (await claimant.ClaimAsync(address, cancellation) is { } claim)
            {
                return claim;
            }
        }

        return null;
    }
}

/// <summary>Names domains whose mail ends here, in lower case with A-labels.</summary>
public interface ILocalDomains
{
    ValueTask<IReadOnlySet<string>> DomainsAsync(CancellationToken cancellation);
}
