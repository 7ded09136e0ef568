using System.CommandLine;
using System.Globalization;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Plenum.Kernel;
using Plenum.Kernel.Data;
using Plenum.Kernel.Demo;
using Plenum.Kernel.Listeners;

namespace Plenum;

/// <summary><c>plenum serve</c>: web server, mail server and job runner in one process.</summary>
internal static class ServeCommand
{
    public static Command Create(IReadOnlyDictionary<string, string?> settings)
    {
        var portBase = new Option<int?>("--port-base") { Description = "Added to every port." };
        var demo = new Option<bool>("--demo") { Description = "Start with the demo organisation. No mail leaves the house." };
        var serve = new Command("serve", "Run Plenum.") { portBase, demo };
        serve.SetAction(async (parsed, cancellation) =>
        {
            var all = new Dictionary<string, string?>(settings, StringComparer.OrdinalIgnoreCase);
            if (parsed.GetValue(portBase) is { } shift)
            {
                all["Ports:Base"] = shift.ToString(CultureInfo.InvariantCulture);
            }

            using var folder = new DataFolder(parsed.GetRequiredValue(CommandLine.DataFolder));
            folder.DemandWhole();
            folder.Take();
            try
            {
                return await RunAsync(new(folder.Root, all, parsed.GetValue(demo)), folder, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return 0; // Stopped before it was ready.
            }
        });
        return serve;
    }

    private static async Task<int> RunAsync(HouseArguments arguments, DataFolder folder, CancellationToken cancellation)
    {
        var builder = House.Prepare(arguments, folder);
        builder.Host.UseSystemd();
        await using var app = builder.Build();
        House.CheckSettings(app.Services);
        app.Services.GetRequiredService<Ports>().DemandFree();
        // What the host will start, the silo above all, is put together on another core; what fails here fails again where it is started.
        Task hosted = Task.Run(() => app.Services.GetServices<IHostedService>(), CancellationToken.None);
        try
        {
            await app.Services.GetRequiredService<Schema>().MigrateAsync(cancellation);
            if (arguments.IsDemo)
            {
                await DemoSeeding.RunAsync(app.Services, cancellation);
            }
        }
        finally
        {
            await hosted.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        WebFrame.Map(app);
        await StartAsync(app, cancellation);
        var ports = app.Services.GetRequiredService<Ports>();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Plenum is ready: {(ports.Find("http") is { } http ? $"http://localhost:{http}" : $"https://localhost:{ports.Find("https")}")}"));
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch (Exception refused) when (ReasonOf(refused) is { } reason)
        {
            await app.StopAsync(CancellationToken.None); // What runs already ends before its services are taken away.
            throw new StartupException(reason);
        }
    }

    private static string? ReasonOf(Exception refused) => refused switch
    {
        IOException { InnerException: AddressInUseException } => $"{refused.Message} Is another Plenum running? Choose other ports with --port-base.",
        SocketException => $"A port cannot be opened: {refused.Message}. Ports below 1024 need root or CAP_NET_BIND_SERVICE.",
        _ => null,
    };
}
