using System.Runtime.CompilerServices;

namespace Plenum.Testing;

/// <summary>Looks at a condition again and again until it holds or the deadline has come. A test that waits never sleeps and hopes.</summary>
public static class Patience
{
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <exception cref="TimeoutException">It does not hold after a minute.</exception>
    public static async Task UntilAsync(
        Func<Task<bool>> condition, CancellationToken cancellation, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        ArgumentNullException.ThrowIfNull(condition);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Limit);
        while (!await condition())
        {
            try
            {
                await BreatheAsync(deadline.Token);
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                throw new TimeoutException($"Never happened: {what}");
            }
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, CancellationToken, string)"/>
    public static Task UntilAsync(Func<bool> condition, CancellationToken cancellation, [CallerArgumentExpression(nameof(condition))] string what = "")
        => UntilAsync(() => Task.FromResult(condition()), cancellation, what);

    /// <summary>The breath between two looks.</summary>
    /// <exception cref="OperationCanceledException">The deadline has come.</exception>
    public static async Task BreatheAsync(CancellationToken deadline)
    {
        using var timer = new PeriodicTimer(Breath);
        await timer.WaitForNextTickAsync(deadline);
    }
}
