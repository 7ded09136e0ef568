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
        var backup = new Command("backup", "Write database, blobs, keys and configuration to one archive. The server may run.") { target, withoutBlobs };
        backup.SetAction((parsed, cancellation) => house.RunUncheckedAsync(
            parsed,
            (services, stop) => RunAsync(services, parsed.GetRequiredValue(target), parsed.GetValue(withoutBlobs) ? BackupScope.WithoutBlobs : BackupScope.Everything, stop),
            cancellation));
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

    private static string FileOf(string target, TimeProvider clock)
        => Path.GetFullPath(Directory.Exists(target) || target.EndsWith(Path.DirectorySeparatorChar) ? Path.Combine(target, BackupWriter.NameAt(clock.GetUtcNow().UtcDateTime)) : target);

    private static async Task<double> ExpectedAsync(PlenumDb db, BackupScope scope, CancellationToken cancellation)
    {
        var rows = await DatabaseSize.ReadAsync(db, cancellation) / 4.0; // Gzipped rows take about a quarter of their pages.
        return scope == BackupScope.WithoutBlobs ? rows
            : rows + (await db.Database.SqlQuery<long>($"SELECT CAST(COALESCE(SUM(length), 0) AS bigint) AS \"Value\" FROM kernel_blob").ToListAsync(cancellation)).Single();
    }
}
