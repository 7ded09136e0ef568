using System.Net;

namespace Plenum.Mail.Sending;

/// <summary>A host to try.</summary>
/// <param name="Name">For TLS and for reports.</param>
internal sealed record RouteHost(string Name, IPAddress Address, int Port);

/// <summary>Where mail for a destination goes.</summary>
internal sealed record Route
{
    /// <summary>In the order to be tried; empty if there is no way.</summary>
    public IReadOnlyList<RouteHost> Hosts { get; init; } = [];

    /// <summary>Why there is no way; empty if there is one.</summary>
    public string Status { get; init; } = "";

    public string Why { get; init; } = "";

    public bool IsFinal => Status.StartsWith('5');

    public static Route No(string status, string why) => new() { Status = status, Why = why };
}
