using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Data;
using Plenum.Kernel.Health;
using Plenum.Kernel.Listeners;
using Plenum.Kernel.Organisation;

namespace Plenum.Operations.Doctor;

/// <summary>Is there a certificate, does it last, and does it name this server?</summary>
internal sealed class CertificateProbe(IOptions<TlsOptions> tls, IOptions<HouseOptions> house, PlenumDb db, TimeProvider clock) : IHealthProbe
{
    private const string Area = "certificate";
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(21); // ACME clients renew at 30 days; by now one has failed for a week.

    public HealthDepth Depth => HealthDepth.Overview;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellation)
    {
        if (tls.Value.CertificateFile.Length == 0)
        {
            return [new(Area, HealthState.Warning, "health.certificate.development")];
        }

        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.CreateFromPemFile(tls.Value.CertificateFile, tls.Value.KeyFile);
        }
        catch (Exception damaged) when (damaged is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return [new(Area, HealthState.Bad, "health.certificate.unreadable", tls.Value.CertificateFile, damaged.Message)];
        }

        using (certificate)
        {
            var names = await NamesAsync(cancellation);
            var missing = names.Where(n => !certificate.MatchesHostname(n)).ToList();
            return
            [
                Lifetime(certificate),
                missing.Count == 0 ? new(Area, HealthState.Good, "health.certificate.names", string.Join(", ", names)) : new(Area, HealthState.Bad, "health.certificate.names-missing", string.Join(", ", missing)),
            ];
        }
    }

    private Finding Lifetime(X509Certificate2 certificate)
    {
        var ends = certificate.NotAfter.ToUniversalTime();
        var left = ends - clock.GetUtcNow().UtcDateTime;
        return left <= TimeSpan.Zero ? new(Area, HealthState.Bad, "health.certificate.expired", ends)
            : left < RenewBefore ? new(Area, HealthState.Warning, "health.certificate.ends-soon", ends, (int)left.TotalDays)
            : new(Area, HealthState.Good, "health.certificate.lasts", ends);
    }

    private async Task<IReadOnlyList<string>> NamesAsync(CancellationToken cancellation)
    {
        var web = await db.Set<OrgUnit>().Where(u => u.WebDomain != null && u.ClosedAt == null).Select(u => u.WebDomain!).ToListAsync(cancellation);
        string[] own = [house.Value.HostName, new Uri(house.Value.PublicUrl).Host];
        return [.. own.Concat(web).Where(n => n is not ("localhost" or "")).Distinct(StringComparer.OrdinalIgnoreCase)];
    }
}
