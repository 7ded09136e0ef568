using Plenum.Protocols.Mail.Dkim;

namespace Plenum.Protocols.Mail.Arc;

/// <summary>The three fields one host added (RFC 8617 §4.2).</summary>
/// <param name="Instance">1 for the first host, at most 50.</param>
/// <param name="Results">The value of ARC-Authentication-Results after "i=N;".</param>
public sealed record ArcSet(int Instance, string Results, DkimSignature MessageSignature, ArcSeal Seal)
{
    /// <summary>Where the fields stand in the header.</summary>
    internal int ResultsPosition { get; init; }

    internal int MessageSignaturePosition { get; init; }

    internal int SealPosition { get; init; }
}
