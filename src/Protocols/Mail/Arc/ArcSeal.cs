using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Mail.Arc;

/// <summary>The tags of an ARC-Seal (RFC 8617 §4.1.3).</summary>
public sealed record ArcSeal
{
    public required DkimAlgorithm Algorithm { get; init; }

    /// <summary>b=, decoded.</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>cv=: what the sealer found.</summary>
    public required ArcStatus ChainStatus { get; init; }

    public required string Domain { get; init; }

    public required string Selector { get; init; }

    public DateTimeOffset? SignedAt { get; init; }

    internal static bool TryRead(TagList tags, out ArcSeal? seal)
    {
        seal = null;
        if (tags["h"] is not null || tags["bh"] is not null // RFC 8617 §4.1.3: a seal has no choice of fields and no body.
            || !DkimSignature.TryReadAlgorithm(tags["a"] ?? "", out var algorithm)
            || tags["b"] is not { } b || !TagList.TryDecodeBase64(b, out var signature) || signature.Length == 0
            || !DomainName.TryNormalize(tags["d"], out var domain) || !DomainName.TryNormalize(tags["s"], out var selector)
            || !DkimSignature.TryReadTime(tags["t"], out var signedAt) || !TryReadStatus(tags["cv"], out var status))
        {
            return false;
        }

        seal = new ArcSeal
        {
            Algorithm = algorithm,
            Signature = signature,
            ChainStatus = status,
            Domain = domain,
            Selector = selector,
            SignedAt = signedAt,
        };
        return true;
    }

    private static bool TryReadStatus(string? value, out ArcStatus status)
    {
        status = value switch { "pass" => ArcStatus.Pass, "fail" => ArcStatus.Fail, _ => ArcStatus.None };
        return value is "none" or "pass" or "fail";
    }
}
