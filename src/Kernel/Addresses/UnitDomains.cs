using Plenum.Kernel.Permissions;

namespace Plenum.Kernel.Addresses;

/// <summary>The mail domains of the units.</summary>
internal sealed class UnitDomains(Access access) : ILocalDomains
{
    public async ValueTask<IReadOnlySet<string>> DomainsAsync(CancellationToken cancellation)
        => (await access.TreeAsync(cancellation)).MailDomains;
}
