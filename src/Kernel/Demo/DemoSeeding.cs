using Microsoft.Extensions.DependencyInjection;

namespace Plenum.Kernel.Demo;

/// <summary>Lets every module fill its part of the demo.</summary>
public static class DemoSeeding
{
    public static async Task RunAsync(IServiceProvider services, CancellationToken cancellation)
    {
        await using var counting = services.CreateAsyncScope();
        var seeds = counting.ServiceProvider.GetServices<IDemoSeed>().OrderBy(s => s.Order).Select(s => s.GetType()).ToList();
        foreach (var type in seeds)
        {
            // Each in a scope of its own: one module's entities are not tracked by the next.
            await using var scope = services.CreateAsyncScope();
            await scope.ServiceProvider.GetServices<IDemoSeed>().Single(s => s.GetType() == type).SeedAsync(cancellation);
        }
    }
}
