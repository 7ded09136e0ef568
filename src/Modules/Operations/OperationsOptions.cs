using System.ComponentModel.DataAnnotations;

namespace Plenum.Operations;

/// <summary>Settings under "Operations": how the house is watched, backed up and stopped.</summary>
public sealed class OperationsOptions : IValidatableObject
{
    /// <summary>Where metrics and traces go by OTLP (gRPC), e.g. "http://127.0.0.1:4317"; empty sends none. Prometheus reads /metrics on the internal port.</summary>
    public string OtlpEndpoint { get; init; } = "";

    /// <summary>How long a stopping server waits for requests and deliveries it has accepted.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(30); // systemd kills after 90 s by default (DefaultTimeoutStopSec).

    /// <summary>Write the database to the folder "backups" before a new version changes its schema.</summary>
    public bool BackupBeforeMigration { get; init; } = true;

    /// <summary>How many of those backups stay.</summary>
    [Range(1, 100)]
    public int KeepMigrationBackups { get; init; } = 3;

    /// <summary>The health page warns when the last backup is older than this.</summary>
    public TimeSpan BackupExpectedEvery { get; init; } = TimeSpan.FromDays(2); // Daily, and one may fail.

    /// <summary>Below this the disk counts as full: the server asks the balancer for no more work.</summary>
    [Range(1, 1_000_000)]
    public int MinFreeMegabytes { get; init; } = 200; // SQLite's log, one large mail and a log file of a busy hour.

    /// <summary>DNS server that "plenum doctor" asks, as an address with or without a port; empty: the system's.</summary>
    public string DnsServer { get; init; } = "";

    /// <summary>Time server that "plenum doctor" compares the clock with (NTP); empty compares with none.</summary>
    public string TimeServer { get; init; } = "pool.ntp.org";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OtlpEndpoint.Length > 0 && (!Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")))
        {
            yield return new($"\"{OtlpEndpoint}\" is not an http or https address.", [nameof(OtlpEndpoint)]);
        }

        if (ShutdownTimeout < TimeSpan.FromSeconds(1) || ShutdownTimeout > TimeSpan.FromMinutes(10))
        {
            yield return new("must lie between a second and ten minutes.", [nameof(ShutdownTimeout)]);
        }

        if (BackupExpectedEvery < TimeSpan.FromHours(1))
        {
            yield return new("must be at least an hour.", [nameof(BackupExpectedEvery)]);
        }

        if (DnsServer.Length > 0 && !System.Net.IPEndPoint.TryParse(DnsServer, out _))
        {
            yield return new($"\"{DnsServer}\" is not an IP address, with or without a port.", [nameof(DnsServer)]);
        }
    }
}
