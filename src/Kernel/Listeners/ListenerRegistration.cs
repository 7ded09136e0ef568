using Microsoft.AspNetCore.Connections;

namespace Plenum.Kernel.Listeners;

public enum ListenerTls
{
    /// <summary>No TLS, or the protocol starts it itself (STARTTLS).</summary>
    None,

    /// <summary>TLS from the first byte (RFC 8314 §3.3).</summary>
    Implicit,
}

/// <summary>A TCP port a module listens on.</summary>
/// <param name="Name">Key under Ports:Listen, e.g. "submission".</param>
/// <param name="DefaultPort">Port without Ports:Base.</param>
/// <param name="Tls">Whether the bytes are TLS from the start.</param>
/// <param name="Handler">A <see cref="ConnectionHandler"/>, made by the service provider; null for HTTP.</param>
/// <param name="LoopbackOnly">Never reachable from another machine.</param>
public sealed record ListenerRegistration(string Name, int DefaultPort, ListenerTls Tls, Type? Handler, bool LoopbackOnly = false)
{
    public static ListenerRegistration For<THandler>(string name, int defaultPort, ListenerTls tls)
        where THandler : ConnectionHandler
        => new(name, defaultPort, tls, typeof(THandler));
}
