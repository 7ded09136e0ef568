using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using Microsoft.Extensions.Options;
using Plenum.Kernel;
using Plenum.Kernel.Blobs;
using Plenum.Kernel.Data;

namespace Plenum.Operations.Backups;

/// <summary>What a backup is to hold beside the database.</summary>
public enum BackupScope
{
    /// <summary>Configuration, keys, database, blobs: enough to go on elsewhere.</summary>
    Everything,

    /// <summary>All but the blobs: they never change and lie in a store that has copies of its own, or stay in their folder.</summary>
    WithoutBlobs,
}

/// <summary>
/// Writes everything into one archive while the server runs. The order makes it consistent: files first (the known end of the audit chain must
/// not be newer than the chain), then the blobs there are, then the database as of one moment, then the blobs that came in between.
/// A blob a row refers to is never younger than its row and, by the sweep's grace, not gone yet.
/// </summary>
public sealed class BackupWriter(
    Database database, DataFolder folder, IBlobStore blobs, IOptions<BlobsOptions> blobOptions, IEnumerable<DerivedTable> derived, TimeProvider clock)
{
    private readonly DerivedTable[] _derived = [.. derived];

    /// <param name="target">The archive's file; must not exist.</param>
    /// <param name="progress">Receives the octets written so far.</param>
    /// <exception cref="StartupException">The target exists, or cannot be written (no room, no right).</exception>
    public async Task<BackupManifest> WriteAsync(string target, BackupScope scope, IProgress<double>? progress, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(target);
        if (Path.Exists(path))
        {
            throw new StartupException($"{path} exists already; a backup never overwrites.");
        }

        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await using var archive = new ArchiveWriter(path);
            var manifest = await FillAsync(archive, path, scope, progress, cancellation);
            await archive.AddAsync(BackupManifest.EntryName, new MemoryStream(manifest.Write()), clock.GetUtcNow(), cancellation);
            await archive.KeepAsync(cancellation);
            return manifest;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"The backup {path} cannot be written: {refused.Message} Nothing was kept.");
        }
    }

    private async Task<BackupManifest> FillAsync(ArchiveWriter archive, string path, BackupScope scope, IProgress<double>? progress, CancellationToken cancellation)
    {
        var files = await AddFilesAsync(archive, path, cancellation);
        var blobCopy = new BlobCopy(archive, blobs, progress);
        if (scope == BackupScope.Everything)
        {
            await foreach (var blob in blobs.ListAsync(cancellation))
            {
                await blobCopy.AddAsync(blob.Hash, cancellation);
            }
        }

        var takenAt = clock.GetUtcNow().UtcDateTime;
        await using var snapshot = await RowSnapshot.TakeAsync(database, cancellation);
        var migrations = await snapshot.MigrationsAsync(cancellation);
        var tables = new List<TableContent>();
        foreach (var table in (await snapshot.TablesAsync(cancellation)).Where(t => !IsDerived(t.Name)))
        {
            RequireKnown(table);
            tables.Add(await AddTableAsync(archive, path, snapshot, table, cancellation));
            progress?.Report(archive.Octets);
        }

        return new()
        {
            Format = BackupManifest.CurrentFormat,
            Program = Assembly.GetExecutingAssembly().GetName().Version?.ToString(3) ?? "",
            TakenAt = takenAt,
            Database = database.Provider.ToString(),
            Schema = migrations.DefaultIfEmpty(0).Max(),
            Migrations = migrations,
            Tables = tables,
            Counters = (await snapshot.CountersAsync(cancellation)).Where(c => !IsDerived(c.Key)).ToDictionary(StringComparer.Ordinal),
            Files = files,
            Blobs = scope == BackupScope.Everything ? await AddNewBlobsAsync(blobCopy, snapshot, cancellation) : new() { AreIncluded = false },
        };
    }

    private bool IsDerived(string table) => Array.Exists(_derived, d => table.StartsWith(d.Prefix, StringComparison.Ordinal));

    private static void RequireKnown(TableShape table)
    {
        if (table.Columns.FirstOrDefault(c => c.NativeType.Length > 0 && !PostgresTypes.IsKnown(c)) is { } odd)
        {
            throw new NotSupportedException($"The column {table.Name}.{odd.Name} has the type {odd.NativeType}, which has no place in a backup.");
        }
    }

    /// <summary>Keys, configuration and whatever else lies in the data folder beside database, blobs and earlier backups.</summary>
    private async Task<List<FileContent>> AddFilesAsync(ArchiveWriter archive, string target, CancellationToken cancellation)
    {
        var added = new List<FileContent>();
        foreach (var file in Directory.EnumerateFiles(folder.Root, "*", SearchOption.AllDirectories).Where(f => IsKept(f, target)).Order(StringComparer.Ordinal))
        {
            var relative = Path.GetRelativePath(folder.Root, file).Replace(Path.DirectorySeparatorChar, '/');
            try
            {
                await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                added.Add(new(relative, Archive.FilePrefix + relative, await archive.AddAsync(Archive.FilePrefix + relative, content, File.GetLastWriteTimeUtc(file), cancellation)));
            }
            catch (FileNotFoundException)
            {
                // Gone since it was listed: a probe, a spooled mail that was sent.
            }
        }

        return added;
    }

    private bool IsKept(string file, string target)
    {
        var name = Path.GetFileName(file);
        var blobFolder = blobOptions.Value.Folder.Length > 0 ? Path.GetFullPath(blobOptions.Value.Folder) : folder.Blobs;
        return !IsBelow(file, blobFolder) && !IsBelow(file, folder.Backups) && !IsBelow(file, folder.Blobs)
            && !file.StartsWith(folder.SqliteFile, StringComparison.Ordinal) // plenum.db, -wal, -shm
            && name != DataFolder.LockName && !name.StartsWith(".write-probe", StringComparison.Ordinal)
            && !file.StartsWith(target, StringComparison.Ordinal); // The archive itself, being written.
    }

    private static bool IsBelow(string file, string folder) => file.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private async Task<TableContent> AddTableAsync(ArchiveWriter archive, string path, RowSnapshot snapshot, TableShape table, CancellationToken cancellation)
    {
        await using var packed = new FileStream($"{path}.rows", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        var rows = 0L;
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(RowFormat.WriteHead(table), cancellation);
            var line = new ArrayBufferWriter<byte>(4096);
            await foreach (var row in snapshot.ReadAsync(table, cancellation))
            {
                line.ResetWrittenCount();
                RowFormat.Write(line, row);
                await gzip.WriteAsync(line.WrittenMemory, cancellation);
                rows++;
            }
        }

        packed.Position = 0;
        var entry = Archive.TableEntry(table.Name);
        return new(table.Name, rows, entry, await archive.AddAsync(entry, packed, clock.GetUtcNow(), cancellation));
    }

    private static async Task<BlobContent> AddNewBlobsAsync(BlobCopy copy, RowSnapshot snapshot, CancellationToken cancellation)
    {
        var all = await snapshot.TablesAsync(cancellation);
        await foreach (var row in snapshot.ReadAsync(OnlyHash(all, "kernel_blob"), cancellation))
        {
            await copy.AddAsync(BlobHash.Parse((string)row[0]!), cancellation);
        }

        await foreach (var row in snapshot.ReadAsync(OnlyHash(all, "kernel_blob_reference"), cancellation))
        {
            copy.Need(BlobHash.Parse((string)row[0]!));
        }

        return new() { AreIncluded = true, Count = copy.Count, Octets = copy.Octets, Lost = copy.Lost };
    }

    private static TableShape OnlyHash(IReadOnlyList<TableShape> tables, string name)
    {
        var table = tables.Single(t => t.Name == name);
        return table with { Columns = [table.Columns.Single(c => c.Name == "hash")] };
    }

    /// <summary>What <see cref="NameAt"/> makes.</summary>
    public const string NamePattern = "plenum-*T*Z.tar";

    /// <summary>A name that sorts by time: "plenum-20261124T031500Z.tar".</summary>
    public static string NameAt(DateTime utc) => string.Create(CultureInfo.InvariantCulture, $"plenum-{utc:yyyyMMdd'T'HHmmss'Z'}.tar");
}
