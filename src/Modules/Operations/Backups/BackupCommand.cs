using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Cli;
using Plenum.Kernel.Data;
using Plenum.Operations.Health;

namespace Plenum.Operations.Backups;

/// <summary><c>plenum backup</c>: one archive with everything, while the server runs.</summary>
internal static class BackupCommand
{
    private const int LostBlobs = 3;

    public static Command Create(ICommandHouse house)
    {
        var target = new Argument<string>("target") { Description = "The archive's file, or a folder for one named after the time." };
        var withoutBlobs = new Option<bool>("--without-blobs") { Description = "Leave out the blobs, because their store is backed up by other means." };
        var keep = new Option<int?>("--keep") { Description = "With a folder: afterwards keep so many of its archives and delete the oldest." };
        var backup = new Command("backup", "Write database, blobs, keys and configuration to one archive. The server may run.") { target, withoutBlobs, keep };
        backup.SetAction(async (parsed, cancellation) =>
        {
            var scope = parsed.GetValue(withoutBlobs) ? BackupScope.WithoutBlobs : BackupScope.Everything;
            var code = await house.RunUncheckedAsync(parsed, (services, stop) => RunAsync(services, parsed.GetRequiredValue(target), scope, stop), cancellation);
            if (parsed.GetValue(keep) is { } kept and > 0 && IsFolder(parsed.GetRequiredValue(target)))
            {
                DeleteOldest(parsed.GetRequiredValue(target), kept);
            }

            return code;
        });
        return backup;
    }

    private static async Task<int> RunAsync(IServiceProvider services, string target, BackupScope scope, CancellationToken cancellation)
    {
        var folder = services.GetRequiredService<DataFolder>();
        folder.DemandWhole();
        var db = services.GetRequiredService<PlenumDb>();
        await BackupSource.DemandAsync(services.GetRequiredService<Database>(), folder, cancellation);
        var file = FileOf(target, services.GetRequiredService<TimeProvider>());
        var expected = await ExpectedAsync(db, scope, cancellation);
        var manifest = await ProgressBar.ShowAsync("Backup", expected, progress => services.GetRequiredService<BackupWriter>().WriteAsync(file, scope, progress, cancellation));
        var isNoted = await services.GetRequiredService<BackupLog>().NoteAsync(manifest, file, cancellation);
        Console.WriteLine($"{file}: {manifest.Tables.Count} tables, {manifest.Rows} rows, {Blobs(manifest)}, {manifest.Files.Count} files; {ByteSize.Of(new FileInfo(file).Length)}.");
        Console.WriteLine("It holds keys and personal data: keep it as safe as the server. Try it: plenum restore --check " + file);
        if (!isNoted)
        {
            Console.WriteLine("The database is of another version than this program, so the health page will not name this backup.");
        }

        foreach (var lost in manifest.Blobs.Lost)
        {
            await Console.Error.WriteLineAsync($"plenum: the blob {lost} is needed, and missing or damaged in the store.");
        }

        return manifest.Blobs.Lost is [] ? 0 : LostBlobs;
    }

    private static string Blobs(BackupManifest manifest) => manifest.Blobs.AreIncluded ? $"{manifest.Blobs.Count} blobs" : "no blobs";

    private static bool IsFolder(string target) => Directory.Exists(target) || target.EndsWith(Path.DirectorySeparatorChar);

    // Names sort by time. Only after a backup was written: a run that failed deletes nothing.
    private static void DeleteOldest(string folder, int kept)
    {
        foreach (var old in Directory.GetFiles(folder, BackupWriter.NamePattern).OrderDescending(StringComparer.Ordinal).Skip(kept))
        {
            File.Delete(old);
            Console.WriteLine($"Deleted {old}.");
        }
    }

    private static string FileOf(string target, TimeProvider clock)
        => Path.GetFullPath(IsFolder(target) ? Path.Combine(target, BackupWriter.NameAt(clock.GetUtcNow().UtcDateTime)) : target);

    private static async Task<double> ExpectedAsync(PlenumDb db, BackupScope scope, CancellationToken cancellation)
    {
        var rows = await DatabaseSize.ReadAsync(db, cancellation) / 4.0; // Gzipped rows take about a quarter of their pages.
        return scope == BackupScope.WithoutBlobs ? rows
            : rows + (await db.Database.SqlQuery<long>($"SELECT CAST(COALESCE(SUM(length), 0) AS bigint) AS \"Value\" FROM kernel_blob").ToListAsync(cancellation)).Single();
    }
}
