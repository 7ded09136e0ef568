namespace Plenum.Testing;

/// <summary>The breath between two looks at a condition. A test that waits looks again until its deadline; it never sleeps and hopes.</summary>
public static class Patience
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);

    /// <exception cref="OperationCanceledException">The deadline has come.</exception>
    public static async Task BreatheAsync(CancellationToken deadline)
    {
        using var timer = new PeriodicTimer(Breath);
        await timer.WaitForNextTickAsync(deadline);
    }
}
