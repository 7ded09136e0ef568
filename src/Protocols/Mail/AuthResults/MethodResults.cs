using Plenum.Protocols.Mail.Arc;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dmarc;
using Plenum.Protocols.Mail.Spf;

namespace Plenum.Protocols.Mail.AuthResults;

/// <summary>Our verdicts in the words of RFC 8601 §2.7 and RFC 8617 §10.</summary>
public static class MethodResults
{
    /// <summary>RFC 8601 §2.7.1; one per signature, "dkim=none" if there was no signature.</summary>
    public static IEnumerable<MethodResult> Dkim(IReadOnlyList<DkimVerdict> verdicts)
        => verdicts.Count == 0 ? [new MethodResult("dkim", "none", [])] : verdicts.Select(Dkim);

    /// <summary>RFC 8601 §2.7.1, with header.s and header.b of RFC 6008 and header.a of RFC 8601 §2.7.1.</summary>
    public static MethodResult Dkim(DkimVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        var properties = new List<ResultProperty>();
        if (verdict.Signature is { } signature)
        {
            properties.Add(new("header", "d", signature.Domain));
            properties.Add(new("header", "i", signature.Identity));
            properties.Add(new("header", "s", signature.Selector));
            properties.Add(new("header", "a", signature.Algorithm is DkimAlgorithm.Ed25519Sha256 ? "ed25519-sha256" : "rsa-sha256"));
            var octets = Convert.ToBase64String(signature.Signature.Span);
            properties.Add(new("header", "b", octets[..Math.Min(8, octets.Length)]));
        }

        return new MethodResult("dkim", Word(verdict.Result), properties) { Reason = Reason(verdict) };
    }

    /// <summary>RFC 8601 §2.7.2</summary>
    public static MethodResult Spf(SpfVerdict verdict, SpfRequest request)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(request);
        var property = verdict.Identity is SpfIdentity.Helo
            ? new ResultProperty("smtp", "helo", request.Helo)
            : new ResultProperty("smtp", "mailfrom", request.MailFrom);
        return new MethodResult("spf", Word(verdict.Result), [property]) { Reason = verdict.Problem };
    }

    /// <summary>RFC 7489 §11.1</summary>
    public static MethodResult Dmarc(DmarcVerdict verdict)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        return new MethodResult("dmarc", Word(verdict.Result),
            [new("header", "from", verdict.FromDomain), new("policy", "dmarc", Word(verdict.PublishedPolicy))])
        { Reason = verdict.Problem };
    }

    /// <summary>RFC 8617 §10.1, §10.2</summary>
    public static MethodResult Arc(ArcVerdict verdict, string clientAddress)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        var properties = new List<ResultProperty> { new("smtp", "remote-ip", clientAddress) };
        if (verdict.Status is ArcStatus.Pass)
        {
            properties.Insert(0, new("header", "oldest-pass", verdict.OldestPass.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }

        return new MethodResult("arc", Word(verdict.Status), properties);
    }

    private static string? Reason(DkimVerdict verdict)
        => verdict.Problem is DkimProblem.None ? (verdict.IsTesting ? "test mode" : null) : verdict.Problem.ToString();

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
