using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Plenum.Kernel.Listeners;
using Plenum.Kernel.Organisation;

namespace Plenum.Operations.Setup;

/// <summary>Prints the set-up link once the ports are open, at every start until it was used.</summary>
internal sealed class SetupAnnouncement(IServiceScopeFactory scopes, Ports ports, IOptions<HouseOptions> house) : IHostedLifecycleService
{
    private static readonly string DefaultUrl = new HouseOptions().PublicUrl;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<SetupLinks>().OfferAsync(cancellationToken) is { } secret)
        {
            Console.WriteLine($"Plenum is not set up yet. Open this link, it works once: {BaseUrl}/setup/{secret}");
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private string BaseUrl => house.Value.PublicUrl == DefaultUrl
        ? string.Create(CultureInfo.InvariantCulture, $"{(ports.Find("http") is { } http ? $"http://localhost:{http}" : $"https://localhost:{ports.Find("https")}")}")
        : house.Value.PublicUrl.TrimEnd('/');
}
