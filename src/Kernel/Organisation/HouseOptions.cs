using System.ComponentModel.DataAnnotations;

namespace Plenum.Kernel.Organisation;

/// <summary>Settings under "House": where this Plenum stands in the world.</summary>
public sealed class HouseOptions : IValidatableObject
{
    /// <summary>Address people type in their browser, e.g. "https://plenum.example.org". Links in mails begin with it.</summary>
    public string PublicUrl { get; init; } = "http://localhost:8080";

    /// <summary>Name this server calls itself in SMTP and XMPP; should equal its reverse DNS name.</summary>
    public string HostName { get; init; } = "localhost";

    /// <summary>IANA time zone of the organisation: schedules are meant in it, and pages for readers who chose none show times in it.</summary>
    public string TimeZone { get; init; } = "Europe/Berlin";

    /// <summary>Proxies whose X-Forwarded-* headers and PROXY protocol are believed, as addresses or networks ("10.0.0.0/8").</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Uri.TryCreate(PublicUrl, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.AbsolutePath != "/")
        {
            yield return new($"\"{PublicUrl}\" is not an http or https address without a path.", [nameof(PublicUrl)]);
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return new($"\"{TimeZone}\" is not a time zone known here.", [nameof(TimeZone)]);
        }

        foreach (var proxy in TrustedProxies.Where(p => !System.Net.IPNetwork.TryParse(p.Contains('/', StringComparison.Ordinal) ? p : p + "/" + (p.Contains(':', StringComparison.Ordinal) ? 128 : 32), out _)))
        {
            yield return new($"\"{proxy}\" is neither an address nor a network.", [nameof(TrustedProxies)]);
        }
    }
}
