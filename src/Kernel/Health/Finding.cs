namespace Plenum.Kernel.Health;

/// <summary>How something is.</summary>
public enum HealthState
{
    Good,

    /// <summary>Could not be looked at from here (no network, not running); says nothing either way.</summary>
    Unknown,

    /// <summary>Works, and somebody should look at it soon.</summary>
    Warning,

    /// <summary>Does not work.</summary>
    Bad,
}

/// <summary>One thing that was looked at.</summary>
/// <param name="Area">Where it belongs; text key <c>health.area.AREA</c>: "database", "disk", "queue", "dns" …</param>
/// <param name="Key">Key of the sentence that says how it is. Unless the state is Good or Unknown, KEY.do says what to do.</param>
/// <param name="Args">Fill both sentences.</param>
public sealed record Finding(string Area, HealthState State, string Key, params IReadOnlyList<object?> Args);
