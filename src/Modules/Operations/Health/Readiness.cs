using Plenum.Kernel.Health;

namespace Plenum.Operations.Health;

/// <summary>The last answer of the readiness probes, kept for a second: a flood of questions costs no database.</summary>
internal sealed class Readiness(HealthCheck check, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private readonly SemaphoreSlim _asking = new(1, 1);
    private volatile Held? _held;

    public async ValueTask<HealthReport> ReportAsync(CancellationToken cancellation)
    {
        if (_held is { } held && clock.GetElapsedTime(held.At) < Fresh)
        {
            return held.Report;
        }

        await _asking.WaitAsync(cancellation);
        try
        {
            if (_held is not { } just || clock.GetElapsedTime(just.At) >= Fresh)
            {
                _held = new(await check.LookAsync(HealthDepth.Readiness, cancellation), clock.GetTimestamp());
            }

            return _held!.Report;
        }
        finally
        {
            _asking.Release();
        }
    }

    public void Dispose() => _asking.Dispose();

    private sealed record Held(HealthReport Report, long At);
}
