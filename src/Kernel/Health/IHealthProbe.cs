namespace Plenum.Kernel.Health;

/// <summary>How much time a look may take.</summary>
public enum HealthDepth
{
    /// <summary>Asked every few seconds by whoever watches the server: milliseconds, no network beyond the database.</summary>
    Readiness,

    /// <summary>The health page of the administration: a second, no foreign network.</summary>
    Overview,

    /// <summary><c>plenum doctor</c>: may ask the DNS and open connections.</summary>
    Doctor,
}

/// <summary>Looks at a part of the house. Modules register theirs; a Bad finding of depth Readiness takes the node out of the balancer.</summary>
public interface IHealthProbe
{
    /// <summary>Asked for this depth and every deeper one.</summary>
    HealthDepth Depth { get; }

    /// <summary>False: may look where there is no database yet, or none that answers.</summary>
    bool NeedsDatabase => true;

    /// <summary>Runs in a scope of its own, also from the command line beside a running server. What it throws becomes a Bad finding.</summary>
    Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellation);
}
