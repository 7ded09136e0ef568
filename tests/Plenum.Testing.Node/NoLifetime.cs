using Microsoft.Extensions.Hosting;

namespace Plenum.Testing.Node;

/// <summary>Says nothing on the console and hears no signals: the test ends this process by its input or by SIGKILL.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
