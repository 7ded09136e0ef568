using Plenum.Protocols.Mail.Dns;

namespace Plenum.Operations.Doctor;

/// <summary>The DNS as the world sees it: what mail asks, and where services are (SRV, RFC 2782).</summary>
public interface IPublicDns : IDnsResolver
{
    /// <summary>Services of a name, "priority weight port target" as a zone file has it, the target without its dot.</summary>
    ValueTask<DnsAnswer<string>> ResolveSrvAsync(string name, CancellationToken cancellation);
}
