using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Mail.Dkim;

/// <summary>The tags of a DKIM-Signature field (RFC 6376 §3.5), or of an ARC-Message-Signature, which shares them (RFC 8617 §4.1.2).</summary>
public sealed record DkimSignature
{
    public required DkimAlgorithm Algorithm { get; init; }

    /// <summary>b=, decoded.</summary>
    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>bh=, decoded.</summary>
    public required ReadOnlyMemory<byte> BodyHash { get; init; }

    public Canonicalization HeaderCanonicalization { get; init; }

    public Canonicalization BodyCanonicalization { get; init; }

    /// <summary>d=: who signs; lower-case A-labels.</summary>
    public required string Domain { get; init; }

    /// <summary>s=: which of the domain's keys.</summary>
    public required string Selector { get; init; }

    /// <summary>h=: names of the signed fields in their order, with repetitions.</summary>
    public required IReadOnlyList<string> SignedFields { get; init; }

    /// <summary>i=: for whom the domain signs; "@domain" if absent. Empty for ARC, where i= is the instance.</summary>
    public string Identity { get; init; } = "";

    /// <summary>l=: octets of the canonical body that are signed; null for all.</summary>
    public long? BodyLength { get; init; }

    /// <summary>t=</summary>
    public DateTimeOffset? SignedAt { get; init; }

    /// <summary>x=</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Reads the value of a DKIM-Signature field (what follows the colon).</summary>
    /// <returns>False with the reason; <paramref name="signature"/> is then null.</returns>
    public static bool TryParse(string value, [NotNullWhen(true)] out DkimSignature? signature, out DkimProblem problem)
    {
        signature = null;
        problem = DkimProblem.Syntax;
        if (!TagList.TryParse(value, out var tags))
        {
            return false;
        }

        if (tags["v"] is not "1") // RFC 6376 §6.1.1
        {
            problem = tags["v"] is null ? DkimProblem.MissingTag : DkimProblem.Version;
            return false;
        }

        if (!TryRead(tags, out var read, out problem))
        {
            return false;
        }

        problem = Check(tags, ref read!);
        if (problem is not DkimProblem.None)
        {
            return false;
        }

        signature = read;
        return true;
    }

    /// <summary>Reads what DKIM and ARC signatures share.</summary>
    /// <param name="defaultForm">
    /// For both halves of an absent c=. RFC 6376 §3.5 says simple; ARC's suite and first implementations say relaxed, and RFC 8617 does not tell.
    /// </param>
    internal static bool TryRead(
        TagList tags, out DkimSignature? signature, out DkimProblem problem, string defaultForm = "simple/simple")
    {
        signature = null;
        string?[] required = [tags["a"], tags["b"], tags["bh"], tags["d"], tags["h"], tags["s"]];
        if (Array.IndexOf(required, null) >= 0)
        {
            problem = DkimProblem.MissingTag;
            return false;
        }

        if (!TryReadAlgorithm(required[0]!, out var algorithm))
        {
            problem = DkimProblem.Algorithm;
            return false;
        }

        if (!TryReadCanonicalization(tags["c"] ?? defaultForm, out var headerForm, out var bodyForm))
        {
            problem = DkimProblem.Canonicalization;
            return false;
        }

        problem = DkimProblem.Syntax;
        if (!TagList.TryDecodeBase64(required[1]!, out var octets) || octets.Length == 0
            || !TagList.TryDecodeBase64(required[2]!, out var bodyHash) || bodyHash.Length == 0
            || !DomainName.TryNormalize(required[3], out var domain) || !DomainName.TryNormalize(required[5], out var selector)
            || !TryReadTime(tags["t"], out var signedAt) || !TryReadTime(tags["x"], out var expiresAt)
            || !TryReadLength(tags["l"], out var length))
        {
            return false;
        }

        problem = DkimProblem.None;
        signature = new DkimSignature
        {
            Algorithm = algorithm,
            Signature = octets,
            BodyHash = bodyHash,
            HeaderCanonicalization = headerForm,
            BodyCanonicalization = bodyForm,
            Domain = domain,
            Selector = selector,
            SignedFields = TagList.Squeeze(required[4]!).Split(':', StringSplitOptions.RemoveEmptyEntries),
            BodyLength = length,
            SignedAt = signedAt,
            ExpiresAt = expiresAt,
        };
        return true;
    }

    internal static bool TryReadAlgorithm(string value, out DkimAlgorithm algorithm)
    {
        algorithm = value is "ed25519-sha256" ? DkimAlgorithm.Ed25519Sha256 : DkimAlgorithm.RsaSha256;
        return value is "rsa-sha256" or "ed25519-sha256";
    }

    /// <summary>Seconds since 1970 in at most 12 digits (RFC 6376 §3.5 t=). True and null if the tag is absent.</summary>
    internal static bool TryReadTime(string? value, out DateTimeOffset? time)
    {
        time = null;
        if (value is null)
        {
            return true;
        }

        if (!TagList.TryReadNumber(value, out var seconds))
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeSeconds(Math.Min(seconds, DateTimeOffset.MaxValue.ToUnixTimeSeconds()));
        return true;
    }

    /// <summary>The rules only DKIM has: From is signed, i= fits d=, the key comes from the DNS.</summary>
    private static DkimProblem Check(TagList tags, ref DkimSignature signature)
    {
        if (!signature.SignedFields.Contains("From", StringComparer.OrdinalIgnoreCase))
        {
            return DkimProblem.FromNotSigned;
        }

        if (tags["q"] is { } methods && !TagList.Squeeze(methods).Split(':').Contains("dns/txt"))
        {
            return DkimProblem.QueryMethod;
        }

        if (signature.SignedAt >= signature.ExpiresAt) // RFC 6376 §3.5: x= must be greater than t=.
        {
            return DkimProblem.Syntax;
        }

        var identity = TagList.Squeeze(tags["i"] ?? $"@{signature.Domain}");
        var at = identity.LastIndexOf('@');
        if (at < 0 || !DomainName.TryNormalize(identity[(at + 1)..], out var domain))
        {
            return DkimProblem.Syntax;
        }

        signature = signature with { Identity = string.Create(CultureInfo.InvariantCulture, $"{identity[..at]}@{domain}") };
        return DomainName.IsEqualOrBelow(domain, signature.Domain) ? DkimProblem.None : DkimProblem.Identity;
    }

    private static bool TryReadCanonicalization(string value, out Canonicalization header, out Canonicalization body)
    {
        // RFC 6376 §3.5: one word stands for the header, the body is then simple.
        var slash = value.IndexOf('/');
        var headerWord = slash < 0 ? value : value[..slash];
        var bodyWord = slash < 0 ? "simple" : value[(slash + 1)..];
        header = headerWord is "relaxed" ? Canonicalization.Relaxed : Canonicalization.Simple;
        body = bodyWord is "relaxed" ? Canonicalization.Relaxed : Canonicalization.Simple;
        return headerWord is "relaxed" or "simple" && bodyWord is "relaxed" or "simple";
    }

    private static bool TryReadLength(string? value, out long? length)
    {
        length = null;
        if (value is null)
        {
            return true;
        }

        var isNumber = TagList.TryReadNumber(value, out var octets);
        length = octets;
        return isNumber;
    }
}
