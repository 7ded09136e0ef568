using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Contracts.Organisation;

namespace Plenum.SignOn.SigningIn;

/// <summary>Where an attempt comes from.</summary>
public sealed record Visitor(IPAddress Address, string UserAgent)
{
    /// <summary>What the browser's <see cref="DeviceCookie"/> says; null for a stranger's.</summary>
    public KnownDevice? Device { get; init; }

    public static Visitor Of(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        var agent = http.Request.Headers.UserAgent.ToString();
        var address = http.Connection.RemoteIpAddress ?? IPAddress.None;
        return new(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, agent.Length <= 300 ? agent : agent[..300])
        {
            Device = http.RequestServices.GetRequiredService<DeviceCookie>().Read(http),
        };
    }

    /// <summary>The device, for the limiter, if it has signed in to this account before; else null.</summary>
    public string? DeviceOf(AccountId? account) => account is { } id && Device?.Accounts.Contains(id) == true ? Device.Id : null;
}
