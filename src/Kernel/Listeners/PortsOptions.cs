using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Plenum.Kernel.Listeners;

/// <summary>Settings under "Ports". All are unprivileged; a firewall or systemd maps the standard ones.</summary>
public sealed class PortsOptions : IValidatableObject
{
    /// <summary>Added to every port, so that several Plenums run on one machine. Also <c>--port-base</c>.</summary>
    [Range(0, 40_000)]
    public int Base { get; init; }

    /// <summary>Address the public listeners bind to: "*" for all, "127.0.0.1" behind a proxy on the same machine.</summary>
    public string Bind { get; init; } = "*";

    /// <summary>Ports by listener name where they differ from the default, e.g. "smtp": 25. 0 switches a listener off.</summary>
    public IReadOnlyDictionary<string, int> Listen { get; init; } = new Dictionary<string, int>();

    /// <summary>Connections one client address may hold open on one listener.</summary>
    [Range(1, 100_000)]
    public int ConnectionsPerAddress { get; init; } = 200; // Above 4 x the 50 that Postfix allows (smtpd_client_connection_count_limit): whole offices share an address.

    /// <summary>Connections of one listener in all.</summary>
    [Range(1, 1_000_000)]
    public int ConnectionsPerListener { get; init; } = 20_000; // 46 kB each with TLS: 0.9 GB at most.

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Bind != "*" && !IPAddress.TryParse(Bind, out _))
        {
            yield return new($"\"{Bind}\" is neither \"*\" nor an IP address.", [nameof(Bind)]);
        }

        foreach (var (name, port) in Listen.Where(l => l.Value is < 0 or > 65_535))
        {
            yield return new($"{port} is not a port (\"{name}\").", [nameof(Listen)]);
        }
    }
}
