using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plenum.Kernel.Data;

namespace Plenum.Kernel.Snapshots;

/// <summary>Knows the newest stamps: this node's own changes at once, those of other nodes within a second.</summary>
public sealed partial class StampWatch(IServiceScopeFactory scopes, TimeProvider clock, ILogger<StampWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1); // A grant or a sign-out must reach every node well within 60 s.
    private readonly ConcurrentDictionary<string, Guid> _current = new(StringComparer.Ordinal);

    /// <summary>Raised with the stamp's name when a change of this or another node shows. Handlers are quick and do not fail.</summary>
    public event Action<string>? Changed;

    public Guid Current(string name) => _current.GetValueOrDefault(name);

    /// <summary>A change of this node was committed.</summary>
    internal void Committed(string name, Guid value)
    {
        if (!_current.TryGetValue(name, out var known) || known != value)
        {
            _current[name] = value;
            Changed?.Invoke(name);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (Exception failed) when (failed is not OperationCanceledException)
            {
                LogFailed(failed);
            }
        }
    }

    private async Task ReadAsync(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlenumDb>();
        foreach (var stamp in await db.Set<Stamp>().AsNoTracking().ToListAsync(cancellation))
        {
            Committed(stamp.Name, stamp.Value);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Stamps could not be read; other nodes' changes show later")]
    private partial void LogFailed(Exception failed);
}
