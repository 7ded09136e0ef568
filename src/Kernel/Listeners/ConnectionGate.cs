using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Organisation;

namespace Plenum.Kernel.Listeners;

/// <summary>What every connection passes first: the PROXY header of a trusted balancer, then the limits per address and listener.</summary>
internal sealed partial class ConnectionGate(IOptions<PortsOptions> ports, IOptions<HouseOptions> house, ILogger<ConnectionGate> log)
{
    private static readonly TimeSpan ProxyHeaderTimeout = TimeSpan.FromSeconds(5); // A balancer sends it with the first packet.
    private readonly ConcurrentDictionary<(string Listener, IPAddress Address), int> _perAddress = new();
    private readonly ConcurrentDictionary<string, int> _perListener = new(StringComparer.Ordinal);
    private readonly IPNetwork[] _trusted = [.. house.Value.TrustedProxies.Select(Network)];

    /// <param name="speaksProxyProtocol">HTTP balancers send X-Forwarded-For instead, so HTTP listeners take the header only where it begins.</param>
    public async Task PassAsync(string listener, ConnectionContext connection, bool speaksProxyProtocol, Func<Task> next)
    {
        if (speaksProxyProtocol && connection.RemoteEndPoint is IPEndPoint peer && IsTrusted(peer.Address) && !await ReadProxyHeaderAsync(connection))
        {
            LogNoProxyHeader(listener);
            connection.Abort();
            return;
        }

        var address = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        var held = _perAddress.AddOrUpdate((listener, address), 1, (_, n) => n + 1);
        var all = _perListener.AddOrUpdate(listener, 1, (_, n) => n + 1);
        if ((held > ports.Value.ConnectionsPerAddress && !IPAddress.IsLoopback(address)) || all > ports.Value.ConnectionsPerListener)
        {
            LogRefused(listener, held, all);
            Release(listener, address); // First: who comes after the closed one finds its place free.
            connection.Abort();
            return;
        }

        try
        {
            await next();
        }
        finally
        {
            Release(listener, address);
        }
    }

    private void Release(string listener, IPAddress address)
    {
        _perListener.AddOrUpdate(listener, 0, (_, n) => n - 1);
        if (_perAddress.AddOrUpdate((listener, address), 0, (_, n) => n - 1) <= 0)
        {
            _perAddress.TryRemove(new((listener, address), 0));
        }
    }

    private static IPNetwork Network(string text)
        => IPNetwork.Parse(text.Contains('/', StringComparison.Ordinal) ? text : text + (text.Contains(':', StringComparison.Ordinal) ? "/128" : "/32"));

    private static async Task<bool> ReadProxyHeaderAsync(ConnectionContext connection)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        timeout.CancelAfter(ProxyHeaderTimeout);
        try
        {
            return await ProxyProtocol.ReadAsync(connection, timeout.Token);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private bool IsTrusted(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(_trusted, n => n.Contains(plain));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A trusted proxy connected to {Listener} without a PROXY header; closed")]
    private partial void LogNoProxyHeader(string listener);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Connection to {Listener} refused: {Held} from its address, {All} in all")]
    private partial void LogRefused(string listener, int held, int all);
}
