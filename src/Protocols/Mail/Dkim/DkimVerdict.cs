namespace Plenum.Protocols.Mail.Dkim;

/// <summary>What became of one DKIM-Signature field.</summary>
/// <param name="Result">The word for Authentication-Results.</param>
/// <param name="Problem">Why it is not a pass.</param>
/// <param name="Signature">The signature as far as it could be read.</param>
public sealed record DkimVerdict(DkimResult Result, DkimProblem Problem, DkimSignature? Signature)
{
    /// <summary>The key that was used, if it came to that.</summary>
    public DkimKeyRecord? Key { get; init; }

    /// <summary>Octets of the canonical body after what l= covers; null without l=.</summary>
    public long? UnsignedBodyOctets { get; init; }

    /// <summary>t=y in the key: the domain is trying DKIM out; treat the message as if it were unsigned (RFC 6376 §3.6.1).</summary>
    public bool IsTesting => Key?.IsTesting ?? false;

    public bool IsPass => Result is DkimResult.Pass;
}
