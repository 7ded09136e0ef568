using System.Net;
using Microsoft.Extensions.Options;

namespace Plenum.Kernel.Listeners;

/// <summary>Which listener has which port, after configuration.</summary>
public sealed class Ports
{
    /// <exception cref="StartupException">A setting names a listener there is none of, a port is beyond 65,535, or two listeners share one.</exception>
    public Ports(IOptions<PortsOptions> options, IEnumerable<ListenerRegistration> listeners)
    {
        ArgumentNullException.ThrowIfNull(options);
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

    private static int PortOf(ListenerRegistration listener, PortsOptions options)
        => options.Listen.TryGetValue(listener.Name, out var chosen)
            ? chosen == 0 ? 0 : chosen + options.Base
            : listener.DefaultPort == 0 ? 0 : listener.DefaultPort + options.Base;
}
