using System.ComponentModel.DataAnnotations;

namespace Plenum.Kernel.Api;

/// <summary>Settings under "Api": what programs may ask of the REST interface.</summary>
public sealed class ApiOptions
{
    /// <summary>Requests a minute with one access token, on each node.</summary>
    [Range(1, 100_000)]
    public int RequestsPerMinute { get; init; } = 600; // Ten a second: a nightly export of 100,000 things takes under an hour at 50 a page.

    /// <summary>Requests a minute without a token, from one network (IPv4 /24, IPv6 /64).</summary>
    [Range(1, 100_000)]
    public int AnonymousRequestsPerMinute { get; init; } = 60;

    /// <summary>Largest body of a request in octets; endpoints that take files say otherwise themselves.</summary>
    [Range(1_024, 100 * 1024 * 1024)]
    public int MaxBodyBytes { get; init; } = 1024 * 1024; // A post of 200,000 characters with room.

    /// <summary>How long the answer to a request with an Idempotency-Key is kept.</summary>
    public TimeSpan KeepAnswers { get; init; } = TimeSpan.FromDays(1); // A client that gives up later than that asks a person.
}
