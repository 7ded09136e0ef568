using Plenum.Protocols.Mail.Dns;

namespace Plenum.Protocols.Mail.Spf;

/// <summary>
/// Says whether a client may use a domain in MAIL FROM or EHLO (RFC 7208). One checker serves many sessions and threads.
/// </summary>
public sealed class SpfChecker(IDnsResolver resolver, SpfLimits? limits = null, TimeProvider? time = null)
{
    private readonly SpfLimits _limits = limits ?? new SpfLimits();
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Checks MAIL FROM, or the EHLO name if the reverse-path is empty (RFC 7208 §2.4).</summary>
    public ValueTask<SpfVerdict> CheckAsync(SpfRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.MailFrom.Length == 0 ? CheckHeloAsync(request, cancellation) : RunAsync(request, request.MailFrom, SpfIdentity.MailFrom, cancellation);
    }

    /// <summary>Checks the EHLO name (RFC 7208 §2.3).</summary>
    public ValueTask<SpfVerdict> CheckHeloAsync(SpfRequest request, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return RunAsync(request, $"postmaster@{request.Helo}", SpfIdentity.Helo, cancellation);
    }

    private async ValueTask<SpfVerdict> RunAsync(SpfRequest request, string sender, SpfIdentity identity, CancellationToken cancellation)
    {
        var at = sender.LastIndexOf('@');
        sender = at switch { < 0 => $"postmaster@{sender}", 0 => $"postmaster{sender}", _ => sender }; // RFC 7208 §4.3
        var domain = sender[(sender.LastIndexOf('@') + 1)..];
        if (!DomainName.TryNormalize(domain, out var ascii) || !ascii.Contains('.'))
        {
            return new SpfVerdict(SpfResult.None, identity, domain);
        }

        using var timeout = new CancellationTokenSource(_limits.MaxDuration, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            var values = new SpfMacroValues(
                request.ClientAddress.IsIPv4MappedToIPv6 ? request.ClientAddress.MapToIPv4() : request.ClientAddress,
                sender, request.Helo, request.Receiver, _time.GetUtcNow())
            { Domain = ascii };
            var outcome = await new SpfEvaluation(resolver, _limits, both.Token).RunAsync(values);
            return new SpfVerdict(outcome.Result, identity, ascii)
            {
                Mechanism = outcome.Mechanism,
                Explanation = outcome.Explanation,
                Problem = outcome.Problem,
            };
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new SpfVerdict(SpfResult.TempError, identity, ascii) { Problem = "The check took too long." };
        }
    }
}
