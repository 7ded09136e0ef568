using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Plenum.Kernel;
using Plenum.Kernel.Cli;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;

namespace Plenum;

/// <summary>Opens a house for one verb: no listener, no background work, beside a running server if there is one.</summary>
internal sealed class CommandHouse(IReadOnlyDictionary<string, string?> settings) : ICommandHouse
{
    private const int Refused = 2;
    private const int Interrupted = 130; // 128 and SIGINT, as shells say it.

    public async Task<int> RunAsync(ParseResult parsed, Func<IServiceProvider, CancellationToken, Task<int>> run, CancellationToken cancellation)
    {
        using var folder = new DataFolder(parsed.GetRequiredValue(CommandLine.DataFolder));
        if (!Directory.Exists(folder.Root))
        {
            throw new StartupException($"There is no data folder {folder.Root}. Start \"plenum serve\" once, or name another with --data.");
        }

        folder.DemandWhole();
        await using var app = Build(folder);
        House.CheckSettings(app.Services);
        await app.Services.GetRequiredService<Schema>().MigrateAsync(cancellation);
        return await RunAsync(app, run, cancellation);
    }

    public async Task<int> RunUncheckedAsync(ParseResult parsed, Func<IServiceProvider, CancellationToken, Task<int>> run, CancellationToken cancellation)
    {
        using var folder = new DataFolder(parsed.GetRequiredValue(CommandLine.DataFolder));
        await using var app = Build(folder);
        return await RunAsync(app, run, cancellation);
    }

    private WebApplication Build(DataFolder folder)
    {
        var builder = House.Prepare(new(folder.Root, settings, IsDemo: false), folder);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<IServer, NoServer>(); // A verb opens no port and makes no certificate.
        return builder.Build();
    }

    private static async Task<int> RunAsync(WebApplication app, Func<IServiceProvider, CancellationToken, Task<int>> run, CancellationToken cancellation)
    {
        try
        {
            await using var scope = app.Services.CreateAsyncScope();
            return await run(scope.ServiceProvider, cancellation);
        }
        catch (RuleException broken)
        {
            await Console.Error.WriteLineAsync("plenum: " + app.Services.GetRequiredService<Texts>().Of(broken));
            return Refused;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("plenum: Stopped before it was done.");
            return Interrupted;
        }
    }

    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull
            => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
