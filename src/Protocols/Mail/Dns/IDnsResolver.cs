using System.Net;

namespace Plenum.Protocols.Mail.Dns;

/// <summary>
/// The DNS as mail needs it: a recursive resolver that follows CNAMEs. Implementations never throw for an answer of the network;
/// whatever cannot be known now (timeout, SERVFAIL, REFUSED, a broken packet) is <see cref="DnsStatus.TempFail"/>.
/// </summary>
/// <remarks>
/// Names are host names in A-label form, with or without the trailing dot, in any case. A name that cannot be asked for
/// (label over 63 octets, name over 253, empty label) is <see cref="DnsStatus.NxDomain"/>.
/// </remarks>
public interface IDnsResolver
{
    /// <summary>IPv4 addresses of a host.</summary>
    ValueTask<DnsAnswer<IPAddress>> ResolveAAsync(string name, CancellationToken cancellation = default);

    /// <summary>IPv6 addresses of a host.</summary>
    ValueTask<DnsAnswer<IPAddress>> ResolveAaaaAsync(string name, CancellationToken cancellation = default);

    /// <summary>Mail exchangers of a domain, in no promised order. A null MX (RFC 7505) is one record whose exchange is ".".</summary>
    ValueTask<DnsAnswer<MxRecord>> ResolveMxAsync(string name, CancellationToken cancellation = default);

    /// <summary>
    /// TXT records: one string per record, its character-strings joined without a separator (RFC 7208 §3.3).
    /// Octets above 127 come as characters above U+007F, in whatever decoding the resolver uses; they never turn into ASCII.
    /// </summary>
    ValueTask<DnsAnswer<string>> ResolveTxtAsync(string name, CancellationToken cancellation = default);

    /// <summary>Host names an address points to (in-addr.arpa, ip6.arpa), without the trailing dot.</summary>
    ValueTask<DnsAnswer<string>> ResolvePtrAsync(IPAddress address, CancellationToken cancellation = default);
}
