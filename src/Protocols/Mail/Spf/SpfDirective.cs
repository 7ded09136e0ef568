using System.Net;

namespace Plenum.Protocols.Mail.Spf;

/// <summary>A mechanism with its qualifier (RFC 7208 §4.6.1).</summary>
/// <param name="Text">As it stands in the record.</param>
public sealed record SpfDirective(SpfQualifier Qualifier, SpfMechanism Mechanism, string Text)
{
    /// <summary>The domain-spec; null means the current domain.</summary>
    public SpfMacroString? Domain { get; init; }

    /// <summary>The address of ip4 and ip6.</summary>
    public IPAddress? Network { get; init; }

    /// <summary>Prefix length for IPv4 clients, 0-32.</summary>
    public int PrefixLength4 { get; init; } = 32;

    /// <summary>Prefix length for IPv6 clients, 0-128.</summary>
    public int PrefixLength6 { get; init; } = 128;

    /// <summary>Counts against <see cref="SpfLimits.MaxLookupTerms"/>.</summary>
    public bool AsksDns => Mechanism is not (SpfMechanism.All or SpfMechanism.Ip4 or SpfMechanism.Ip6);
}
