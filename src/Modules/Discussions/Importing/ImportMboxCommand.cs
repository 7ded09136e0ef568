using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel;
using Plenum.Kernel.Cli;

namespace Plenum.Discussions.Importing;

/// <summary><c>plenum import mbox</c>: old mail into a board.</summary>
internal static class ImportMboxCommand
{
    private const int SomeFailed = 3;

    public static void AddTo(RootCommand root, ICommandHouse house)
    {
        var files = new Argument<FileInfo[]>("file") { Description = "Files in mbox format (mboxrd or mboxo).", Arity = ArgumentArity.OneOrMore };
        var board = new Option<string>("--board") { Description = "Slug of the board, as in its address /boards/SLUG.", Required = true };
        var dryRun = new Option<bool>("--dry-run") { Description = "Read and judge everything, write nothing." };
        var command = new Command("mbox", "Import mail into a board: threads, attachments, search. Broken off, it goes on where it was.") { files, board, dryRun };
        command.SetAction((parsed, cancellation) => house.RunAsync(
            parsed,
            (services, stop) => RunAsync(services, parsed.GetRequiredValue(files), parsed.GetRequiredValue(board), parsed.GetValue(dryRun), stop),
            cancellation));
        root.Group("import", "Bring data from elsewhere into Plenum.").Subcommands.Add(command);
    }

    private static async Task<int> RunAsync(IServiceProvider services, FileInfo[] files, string slug, bool isDryRun, CancellationToken cancellation)
    {
        if (Array.Find(files, f => !f.Exists) is { } missing)
        {
            throw new RuleException("discussions.import.no-file", missing.FullName);
        }

        var table = await services.GetRequiredService<BoardDirectory>().TableAsync(cancellation);
        var board = table.Find(slug) ?? throw new RuleException("discussions.import.no-board", slug, string.Join(", ", table.All.Select(b => b.Slug)));
        var total = new ImportResult(0, 0, 0);
        var start = Stopwatch.GetTimestamp();
        foreach (var file in files)
        {
            var errors = new List<string>();
            try
            {
                total += await ProgressBar.ShowAsync(file.Name, file.Length, progress => services.GetRequiredService<MboxImport>().RunAsync(
                    board, file.FullName, isDryRun,
                    (offset, why) => errors.Add(string.Create(CultureInfo.InvariantCulture, $"{file.Name} at {offset}: {why}")), progress, cancellation));
            }
            catch (InvalidDataException noMbox)
            {
                errors.Add($"{file.Name}: {noMbox.Message}");
                total += new ImportResult(0, 0, 1);
            }

            foreach (var error in errors)
            {
                await Console.Error.WriteLineAsync(error);
            }
        }

        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"{(isDryRun ? "Would import" : "Imported")} {total.Imported} posts in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s; {total.Known} were there already; {total.Failed} failed."));
        return total.Failed == 0 ? 0 : SomeFailed;
    }
}
