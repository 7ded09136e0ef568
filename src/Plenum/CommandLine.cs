using System.CommandLine;
using Plenum.Kernel;
using Plenum.Kernel.Cli;
using Plenum.Kernel.Modules;

namespace Plenum;

/// <summary>The <c>plenum</c> command: verbs of the host and of the modules.</summary>
internal static class CommandLine
{
    private const int Failed = 1;
    private static readonly TimeSpan MaxStop = TimeSpan.FromMinutes(11); // Above what Operations:ShutdownTimeout allows: the parser's own 2 s would cut off accepted work.

    public static readonly Option<string> DataFolder = new("--data")
    {
        Description = "Folder with everything of this Plenum.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("PLENUM_DATA") ?? "./data",
        Recursive = true,
    };

    public static async Task<int> RunAsync(string[] args)
    {
        var (rest, settings) = TakeSettings(args);
        var root = new RootCommand("Plenum: all services of a member organisation, one login, one permission tree, one search.") { DataFolder };
        var house = new CommandHouse(settings);
        root.Subcommands.Add(ServeCommand.Create(settings));
        KernelCommands.Add(root, house);
        ModuleList.Create().AddCommands(root, house);
        try
        {
            return await root.Parse(rest.Length == 0 ? ["--help"] : rest).InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = MaxStop });
        }
        catch (StartupException stopped)
        {
            await Console.Error.WriteLineAsync("plenum: " + stopped.Message);
            return Failed;
        }
        catch (Exception wrong) when (SettingsCheck.SentenceOf(wrong) is { } sentence)
        {
            await Console.Error.WriteLineAsync("plenum: " + sentence);
            return Failed;
        }
    }

    /// <summary>Takes "--Section:Key=value" and "--Section:Key value" out of the arguments: settings of any module, at any verb.</summary>
    internal static (string[] Words, Dictionary<string, string?> Settings) TakeSettings(IReadOnlyList<string> args)
    {
        var rest = new List<string>();
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < args.Count; i++)
        {
            var (key, value) = args[i].IndexOf('=', StringComparison.Ordinal) is var at and > 0 ? (args[i][..at], args[i][(at + 1)..]) : (args[i], null);
            if (!key.StartsWith("--", StringComparison.Ordinal) || !key.Contains(':', StringComparison.Ordinal))
            {
                rest.Add(args[i]);
            }
            else
            {
                settings[key[2..]] = value ?? (i + 1 < args.Count ? args[++i] : "");
            }
        }

        return ([.. rest], settings);
    }
}
