using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Snapshots;

/// <summary>Rows read often and changed seldom, held in memory as one immutable value and read anew when their stamp changed.</summary>
public sealed class Snapshot<T>(IServiceScopeFactory scopes, StampWatch watch, string stamp, Func<PlenumDb, CancellationToken, Task<T>> load) : IDisposable
    where T : class
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile Held? _held;

    public ValueTask<T> GetAsync(CancellationToken cancellation)
        => _held is { } held && held.Stamp == watch.Current(stamp) ? new(held.Value) : new(LoadAsync(cancellation));

    public void Dispose() => _loading.Dispose();

    private async Task<T> LoadAsync(CancellationToken cancellation)
    {
        await _loading.WaitAsync(cancellation);
        try
        {
            // The stamp is taken before the rows: a change in between makes the value old at once, never wrongly new.
            var seen = watch.Current(stamp);
            if (_held is { } held && held.Stamp == seen)
            {
                return held.Value;
            }

            await using var scope = scopes.CreateAsyncScope();
            var value = await load(scope.ServiceProvider.GetRequiredService<PlenumDb>(), cancellation);
            _held = new(seen, value);
            return value;
        }
        finally
        {
            _loading.Release();
        }
    }

    private sealed record Held(Guid Stamp, T Value);
}
