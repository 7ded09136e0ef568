using Microsoft.Extensions.Options;

namespace Plenum.Kernel.Listeners;

/// <summary>Which listener has which port, after configuration.</summary>
public sealed class Ports(IOptions<PortsOptions> options, IEnumerable<ListenerRegistration> listeners)
{
    /// <summary>Every listener that is on, with its port.</summary>
    public IReadOnlyList<(ListenerRegistration Listener, int Port)> All { get; } =
        [.. listeners.Select(l => (l, PortOf(l, options.Value))).Where(l => l.Item2 != 0)];

    /// <exception cref="KeyNotFoundException">No such listener, or it is switched off.</exception>
    public int this[string name] => All.Where(l => l.Listener.Name == name).Select(l => (int?)l.Port).SingleOrDefault()
        ?? throw new KeyNotFoundException($"No listener {name}.");

    private static int PortOf(ListenerRegistration listener, PortsOptions options)
        => options.Listen.TryGetValue(listener.Name, out var chosen)
            ? chosen == 0 ? 0 : chosen + options.Base
            : listener.DefaultPort == 0 ? 0 : listener.DefaultPort + options.Base;
}
