using System.Diagnostics.CodeAnalysis;

namespace Plenum.Protocols.Mail.Spf;

/// <summary>The mechanisms of RFC 7208 §5.</summary>
public enum SpfMechanism
{
    All,
    Include,
    A,
    Mx,
    [SuppressMessage("Naming", "CA1720", Justification = "ptr is the mechanism's name, not a pointer.")]
    Ptr,
    Ip4,
    Ip6,
    Exists,
}
