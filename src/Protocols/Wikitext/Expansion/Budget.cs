namespace Plenum.Wikitext.Expansion;

/// <summary>Counts what an expansion costs, always before the cost arises.</summary>
internal sealed class Budget(WikitextLimits limits, TimeProvider clock)
{
    private readonly long _started = clock.GetTimestamp();

    public WikitextLimits Limits => limits;

    public LimitReport Report() => new(0, 0, 0, 0, 0, clock.GetElapsedTime(_started));
}
