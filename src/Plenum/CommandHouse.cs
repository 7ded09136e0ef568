using System.CommandLine;
using Plenum.Kernel;
using Plenum.Kernel.Cli;
using Plenum.Kernel.Data;
using Plenum.Kernel.Language;

namespace Plenum;

/// <summary>Opens a house for one verb: no listener, no background work, beside a running server if there is one.</summary>
internal sealed class CommandHouse(IReadOnlyDictionary<string, string?> settings) : ICommandHouse
{
    private const int Refused = 2;

    public async Task<int> RunAsync(ParseResult parsed, Func<IServiceProvider, CancellationToken, Task<int>> run, CancellationToken cancellation)
    {
        using var folder = new DataFolder(parsed.GetRequiredValue(CommandLine.DataFolder));
        if (!Directory.Exists(folder.Root))
        {
            throw new StartupException($"There is no data folder {folder.Root}. Start \"plenum serve\" once, or name another with --data.");
        }

        var builder = House.Prepare(new(folder.Root, settings, IsDemo: false), folder);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        await using var app = builder.Build();
        House.CheckSettings(app.Services);
        await app.Services.GetRequiredService<Schema>().MigrateAsync(cancellation);
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
    }
}
