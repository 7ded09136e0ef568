using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel;
using Plenum.Kernel.Cli;
using Plenum.Kernel.Data;
using Plenum.Operations.Health;

namespace Plenum.Operations.Backups;

/// <summary><c>plenum restore</c>: a backup into an empty folder and an empty database, on this machine or another, on the same kind of database or the other.</summary>
internal static class RestoreCommand
{
    private const int NotWhole = 3;

    public static Command Create(ICommandHouse house)
    {
        var source = new Argument<string>("archive") { Description = "A file that \"plenum backup\" wrote." };
        var check = new Option<bool>("--check") { Description = "Only read the archive and compare every hash." };
        var restore = new Command("restore", "Restore an archive into the empty folder --data and an empty database.") { source, check };
        restore.SetAction((parsed, cancellation) => parsed.GetValue(check)
            ? CheckAsync(parsed.GetRequiredValue(source), cancellation)
            : RestoreAsync(house, parsed, parsed.GetRequiredValue(source), cancellation));
        return restore;
    }

    private static async Task<int> CheckAsync(string file, CancellationToken cancellation)
    {
        var (_, manifest) = await VerifyAsync(file, cancellation);
        Describe(manifest);
        return 0;
    }

    private static async Task<int> RestoreAsync(ICommandHouse house, ParseResult parsed, string file, CancellationToken cancellation)
    {
        using var folder = new DataFolder(parsed.GetRequiredValue<string>("--data"));
        var kept = DemandEmpty(folder);
        var (archive, manifest) = await VerifyAsync(file, cancellation);
        Describe(manifest);
        var isDone = false;
        folder.Take();
        folder.BeginRestore();
        try
        {
            await archive.ExtractFilesAsync(manifest, folder.Root, cancellation);
            if (kept.Contains(folder.Configuration))
            {
                Console.WriteLine($"The settings of this machine stay: {folder.Configuration}. Those of the backup lie beside them, with the ending {ArchiveReader.RestoredEnding}.");
            }

            var code = await house.RunUncheckedAsync(parsed, (services, stop) => FillAsync(services, archive, manifest, file, stop), cancellation);
            isDone = true;
            folder.EndRestore();
            return code;
        }
        catch (InvalidDataException misfit)
        {
            throw new StartupException($"The backup cannot be restored: {misfit.Message} The folder was emptied again.");
        }
        catch (IOException refused)
        {
            throw new StartupException($"{folder.Root} cannot be written: {refused.Message} The folder was emptied again.");
        }
        finally
        {
            if (!isDone)
            {
                Empty(folder, kept);
            }
        }
    }

    /// <returns>Paths that were there before: this machine's settings, and blobs that a backup without them needs.</returns>
    private static HashSet<string> DemandEmpty(DataFolder folder)
    {
        var there = Directory.Exists(folder.Root) ? Directory.GetFileSystemEntries(folder.Root) : [];
        return there.All(path => path == folder.Configuration || path == folder.Blobs)
            ? [.. there]
            : throw new StartupException($"{folder.Root} is not empty. A restore needs an empty folder (plenum.json and blobs may be there): name another with --data, or move this one away.");
    }

    private static async Task<int> FillAsync(IServiceProvider services, ArchiveReader archive, BackupManifest manifest, string file, CancellationToken cancellation)
    {
        var restore = services.GetRequiredService<RestoreService>();
        await restore.DemandEmptyAsync(cancellation);
        var result = await ProgressBar.ShowAsync("Restore", new FileInfo(file).Length, progress => restore.RunAsync(archive, manifest, progress, cancellation));
        Console.WriteLine(
            $"Restored {result.Rows} rows, {result.Blobs} blobs; {result.Units} units, {result.Accounts} accounts, {result.SearchEntries} search entries.");
        Console.WriteLine(result.Audit.IsWhole ? $"The audit log is whole: {result.Audit.Sealed} sealed entries." : $"The audit log is broken at entry {result.Audit.BrokenAt} ({result.Audit.Fault}).");
        foreach (var missing in result.MissingBlobs)
        {
            await Console.Error.WriteLineAsync($"plenum: the blob {missing} is needed and not there.");
        }

        if (manifest.Database != services.GetRequiredService<Database>().Provider.ToString())
        {
            Console.WriteLine($"The data moved from {manifest.Database} to {services.GetRequiredService<Database>().Provider}: write the section \"Database\" of this command into plenum.json.");
        }

        return result.IsWhole ? 0 : NotWhole;
    }

    private static async Task<(ArchiveReader Archive, BackupManifest Manifest)> VerifyAsync(string file, CancellationToken cancellation)
    {
        if (!File.Exists(file))
        {
            throw new StartupException($"There is no file {file}.");
        }

        try
        {
            var archive = new ArchiveReader(file);
            return (archive, await ProgressBar.ShowAsync("Check", new FileInfo(file).Length, progress => archive.VerifyAsync(progress, cancellation)));
        }
        catch (InvalidDataException damaged)
        {
            throw new StartupException($"{file} is not whole. {damaged.Message} Nothing was restored.");
        }
    }

    private static void Describe(BackupManifest manifest) => Console.WriteLine(
        $"The backup of {manifest.TakenAt:yyyy-MM-dd HH:mm:ss}Z by Plenum {manifest.Program} ({manifest.Database}, schema {manifest.Schema}) is whole: "
        + $"{manifest.Rows} rows, {(manifest.Blobs.AreIncluded ? $"{manifest.Blobs.Count} blobs ({ByteSize.Of(manifest.Blobs.Octets)})" : "no blobs")}, {manifest.Files.Count} files.");

    private static void Empty(DataFolder folder, HashSet<string> kept)
    {
        foreach (var entry in new DirectoryInfo(folder.Root).EnumerateFileSystemInfos().Where(e => !kept.Contains(e.FullName)))
        {
            if (entry is DirectoryInfo directory)
            {
                directory.Delete(recursive: true);
            }
            else
            {
                entry.Delete();
            }
        }
    }
}
