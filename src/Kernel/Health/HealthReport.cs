using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plenum.Kernel.Modules;

namespace Plenum.Kernel.Health;

/// <summary>What all probes of a depth found, in the order of their registration.</summary>
public sealed record HealthReport(IReadOnlyList<Finding> Findings)
{
    /// <summary>The worst of all findings.</summary>
    public HealthState State => Findings.Select(f => f.State).DefaultIfEmpty(HealthState.Good).Max();
}

/// <summary>Asks every probe, side by side, each with a limit of time.</summary>
public sealed partial class HealthCheck(IServiceScopeFactory scopes, ILogger<HealthCheck> log)
{
    private static readonly TimeSpan ReadinessLimit = TimeSpan.FromSeconds(5); // Balancers give up after 5 to 10 s.
    private static readonly TimeSpan DoctorLimit = TimeSpan.FromMinutes(2); // A dozen domains with a dead resolver.

    public Task<HealthReport> LookAsync(HealthDepth depth, CancellationToken cancellation) => LookAsync(depth, withDatabase: true, cancellation);

    /// <param name="withDatabase">False: leave out the probes that need one.</param>
    public async Task<HealthReport> LookAsync(HealthDepth depth, bool withDatabase, CancellationToken cancellation)
    {
        await using var counting = scopes.CreateAsyncScope();
        var types = counting.ServiceProvider.GetServices<IHealthProbe>().Where(p => p.Depth <= depth && (withDatabase || !p.NeedsDatabase)).Select(p => p.GetType()).ToList();
        var findings = await Task.WhenAll(types.Select(type => AskAsync(type, depth == HealthDepth.Doctor ? DoctorLimit : ReadinessLimit, cancellation)));
        return new([.. findings.SelectMany(f => f)]);
    }

    private async Task<IReadOnlyList<Finding>> AskAsync(Type type, TimeSpan limit, CancellationToken cancellation)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limited.CancelAfter(limit);
        try
        {
            await using var scope = scopes.CreateAsyncScope(); // A context serves one question at a time.
            var probe = scope.ServiceProvider.GetServices<IHealthProbe>().Single(p => p.GetType() == type);
            return await probe.LookAsync(limited.Token).WaitAsync(limited.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return [new("probe", HealthState.Bad, "health.probe.slow", type.Name, (int)limit.TotalSeconds)];
        }
        catch (Exception failed) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(failed, type.Name);
            return [new("probe", HealthState.Bad, "health.probe.failed", type.Name, failed.Message)];
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The health probe {Probe} failed")]
    private partial void LogFailed(Exception failed, string probe);
}

public static class HealthRegistration
{
    extension(ModuleBuilder module)
    {
        public ModuleBuilder AddHealth()
        {
            module.Services.AddSingleton<HealthCheck>();
            return module;
        }

        public ModuleBuilder AddHealthProbe<TProbe>()
            where TProbe : class, IHealthProbe
        {
            module.Services.AddScoped<IHealthProbe, TProbe>();
            return module;
        }
    }
}
