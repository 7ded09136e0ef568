using System.Net;
using Microsoft.AspNetCore.Http;

namespace Plenum.SignOn.SigningIn;

/// <summary>Where an attempt comes from.</summary>
public sealed record Visitor(IPAddress Address, string UserAgent)
{
    public static Visitor Of(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var agent = http.Request.Headers.UserAgent.ToString();
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        return new(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, agent.Length <= 300 ? agent : agent[..300]);
    }
}
