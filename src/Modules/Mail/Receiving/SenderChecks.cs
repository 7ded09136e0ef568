using System.Net;
using Microsoft.Extensions.Options;
using Plenum.Contracts.Mail;
using Plenum.Protocols.Mail.Arc;
using Plenum.Protocols.Mail.AuthResults;
using Plenum.Protocols.Mail.Dkim;
using Plenum.Protocols.Mail.Dmarc;
using Plenum.Protocols.Mail.Dns;
using Plenum.Protocols.Mail.Spf;

namespace Plenum.Mail.Receiving;

/// <summary>What the domains of a message vouch for.</summary>
/// <param name="Field">The Authentication-Results field, with its line end.</param>
/// <param name="IsForgery">The From domain asks to refuse it (p=reject), and no chain of a trusted forwarder says otherwise.</param>
internal sealed record SenderFindings(SenderAuthentication Authentication, string Field, bool IsForgery);

/// <summary>Checks SPF, DKIM, DMARC and ARC of mail from other servers.</summary>
public sealed class SenderChecks(IDnsResolver resolver, IOptions<MailOptions> options, MailNames names, TimeProvider clock)
{
    private readonly SpfChecker _spf = new(resolver, time: clock);
    private readonly DkimVerifier _dkim = new(resolver, time: clock);
    private readonly ArcValidator _arc = new(resolver, clock);
    private readonly DmarcChecker _dmarc = new(resolver, suffixes: null);

    /// <summary>Starts on a message whose header has arrived.</summary>
    internal SenderCheck Begin(HeaderBlock header, IPAddress client, string helloName, string reversePath)
    {
        var request = new SpfRequest(client, helloName, reversePath, names.HostName);
        return new(this, header, request, _dkim.Begin(header), _arc.Begin(header));
    }

    internal async ValueTask<SenderFindings> FinishAsync(SenderCheck check, CancellationToken cancellation)
    {
        var spf = await _spf.CheckAsync(check.Request, cancellation);
        var dkim = await check.Dkim.FinishAsync(cancellation);
        var arc = await check.Arc.FinishAsync(cancellation);
        var dmarc = await _dmarc.CheckAsync(check.Header, spf, dkim, cancellation);
        var results = new AuthenticationResults(names.HostName,
        [
            MethodResults.Spf(spf, check.Request), .. MethodResults.Dkim(dkim), MethodResults.Dmarc(dmarc),
            .. arc.Status is ArcStatus.None ? Array.Empty<MethodResult>() : [MethodResults.Arc(arc, check.Request.ClientAddress.ToString())],
        ]);
        var isTrustedChain = arc.Status is ArcStatus.Pass && arc.Sets.Any(s => options.Value.TrustedArcSealers.Contains(s.Seal.Domain, StringComparer.OrdinalIgnoreCase));
        return new(Describe(spf, dkim, dmarc, arc, results), results.Write(), dmarc.Disposition is DmarcPolicy.Reject && !isTrustedChain);
    }

    private static SenderAuthentication Describe(
        SpfVerdict spf, IReadOnlyList<DkimVerdict> dkim, DmarcVerdict dmarc, ArcVerdict arc, AuthenticationResults results) => new()
        {
            Spf = spf.Result switch
            {
                SpfResult.Pass => AuthenticationResult.Pass,
                SpfResult.Fail => AuthenticationResult.Fail,
                SpfResult.SoftFail => AuthenticationResult.SoftFail,
                SpfResult.Neutral => AuthenticationResult.Neutral,
                SpfResult.TempError => AuthenticationResult.TempError,
                SpfResult.PermError => AuthenticationResult.PermError,
                _ => AuthenticationResult.None,
            },
            Dkim = dkim.Count == 0 ? AuthenticationResult.None
                : dkim.Any(d => d.IsPass) ? AuthenticationResult.Pass
                : dkim.Any(d => d.Result is DkimResult.TempError) ? AuthenticationResult.TempError
                : AuthenticationResult.Fail,
            Dmarc = dmarc.Result switch
            {
                DmarcResult.Pass => AuthenticationResult.Pass,
                DmarcResult.Fail => AuthenticationResult.Fail,
                DmarcResult.TempError => AuthenticationResult.TempError,
                DmarcResult.PermError => AuthenticationResult.PermError,
                _ => AuthenticationResult.None,
            },
            DmarcPolicy = dmarc.Record is null ? "" : dmarc.PublishedPolicy.ToString().ToLowerInvariant(),
            DkimDomains = [.. dkim.Where(d => d.IsPass).Select(d => d.Signature!.Domain).Distinct()],
            Chain = new(
                results.WriteValue(),
                arc.Status switch { ArcStatus.Pass => AuthenticationResult.Pass, ArcStatus.Fail => AuthenticationResult.Fail, _ => AuthenticationResult.None },
                arc.Problem is ArcProblem.FailedBefore or ArcProblem.TooManySets ? -1 : arc.HighestInstance),
        };
}

/// <summary>One message on its way through <see cref="SenderChecks"/>: header first, body in pieces, findings at the end.</summary>
internal sealed class SenderCheck(SenderChecks checks, HeaderBlock header, SpfRequest request, DkimVerification dkim, ArcValidation arc) : IDisposable
{
    public HeaderBlock Header => header;

    public SpfRequest Request => request;

    public DkimVerification Dkim => dkim;

    public ArcValidation Arc => arc;

    public void Append(ReadOnlySpan<byte> piece)
    {
        dkim.Append(piece);
        arc.Append(piece);
    }

    public ValueTask<SenderFindings> FinishAsync(CancellationToken cancellation) => checks.FinishAsync(this, cancellation);

    public void Dispose()
    {
        dkim.Dispose();
        arc.Dispose();
    }
}
