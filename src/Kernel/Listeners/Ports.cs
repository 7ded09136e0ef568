using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Plenum.Kernel.Listeners;

/// <summary>Which listener has which port, after configuration.</summary>
public sealed class Ports
{
    private readonly string _bind;

    /// <exception cref="StartupException">A setting names a listener there is none of, a port is beyond 65,535, or two listeners share one.</exception>
    public Ports(IOptions<PortsOptions> options, IEnumerable<ListenerRegistration> listeners)
    {
        ArgumentNullException.ThrowIfNull(options);
        _bind = options.Value.Bind;
        var known = listeners.ToList();
        if (options.Value.Listen.Keys.FirstOrDefault(k => !known.Exists(l => l.Name == k)) is { } unknown)
        {
            throw new StartupException($"Wrong setting. Ports:Listen:{unknown}: there is no such listener. Known: {string.Join(", ", known.Select(l => l.Name))}.");
        }

        All = [.. known.Select(l => (l, PortOf(l, options.Value))).Where(l => l.Item2 != 0)];
        if (All.FirstOrDefault(l => l.Port > IPEndPoint.MaxPort) is { Listener: { } beyond, Port: var port })
        {
            throw new StartupException($"Wrong setting. Ports:Base: it shifts the port of {beyond.Name} to {port}, beyond {IPEndPoint.MaxPort}. Set Ports:Listen:{beyond.Name}, or a smaller base.");
        }

        if (All.GroupBy(l => l.Port).FirstOrDefault(g => g.Count() > 1) is { } shared)
        {
            throw new StartupException($"Wrong setting. Ports:Listen: {string.Join(" and ", shared.Select(l => l.Listener.Name))} share the port {shared.Key}.");
        }
    }

    /// <summary>Every listener that is on, with its port.</summary>
    public IReadOnlyList<(ListenerRegistration Listener, int Port)> All { get; }

    /// <exception cref="KeyNotFoundException">No such listener, or it is switched off.</exception>
    public int this[string name] => Find(name) ?? throw new KeyNotFoundException($"No listener {name}.");

    /// <returns>Null if there is no such listener, or it is switched off.</returns>
    public int? Find(string name) => All.Where(l => l.Listener.Name == name).Select(l => (int?)l.Port).SingleOrDefault();

    /// <summary>Looks whether every port can be opened, before anything starts: so an operator gets a sentence.</summary>
    /// <exception cref="StartupException">A port is taken, or may not be opened.</exception>
    public void DemandFree()
    {
        foreach (var (listener, port) in All)
        {
            try
            {
                using var probe = new TcpListener(AddressOf(listener), port);
                probe.Start();
            }
            catch (SocketException refused) when (refused.SocketErrorCode == SocketError.AccessDenied)
            {
                throw new StartupException($"The port {port} of {listener.Name} may not be opened: ports below 1024 need root or CAP_NET_BIND_SERVICE.");
            }
            catch (SocketException refused)
            {
                throw new StartupException($"The port {port} of {listener.Name} cannot be opened: {refused.Message}. Is another Plenum running? Choose other ports with --port-base or Ports:Listen:{listener.Name}.");
            }
        }
    }

    /// <summary>Where a listener waits: the loopback address, all IPv4 addresses, or the one of Ports:Bind.</summary>
    public IPAddress AddressOf(ListenerRegistration listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        return listener.LoopbackOnly ? IPAddress.Loopback : _bind == "*" ? IPAddress.Any : IPAddress.Parse(_bind);
    }

    private static int PortOf(ListenerRegistration listener, PortsOptions options)
        => options.Listen.TryGetValue(listener.Name, out var chosen)
            ? chosen == 0 ? 0 : chosen + options.Base
            : listener.DefaultPort == 0 ? 0 : listener.DefaultPort + options.Base;
}
