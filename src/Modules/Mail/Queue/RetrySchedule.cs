namespace Plenum.Mail.Queue;

/// <summary>When a copy is tried again: twice as long after each attempt, spread so that a host that comes back is not stormed.</summary>
/// <param name="First">Wait after the first attempt.</param>
/// <param name="Longest">No wait is longer.</param>
public sealed record RetrySchedule(TimeSpan First, TimeSpan Longest)
{
    private const double Spread = 0.2;

    /// <param name="attempts">Attempts made, at least one.</param>
    /// <param name="random">From 0 to 1.</param>
    public TimeSpan WaitAfter(int attempts, double random)
    {
        var doubled = First * Math.Pow(2, Math.Clamp(attempts - 1, 0, 30));
        var wait = doubled < Longest ? doubled : Longest;
        return wait * (1 - Spread + (2 * Spread * random));
    }
}
