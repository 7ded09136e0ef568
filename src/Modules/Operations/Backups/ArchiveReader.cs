using System.Formats.Tar;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Plenum.Kernel.Blobs;

namespace Plenum.Operations.Backups;

/// <summary>Reads a backup. Everything is checked before anything is believed.</summary>
public sealed class ArchiveReader(string file)
{
    /// <summary>What a file's name gets where this machine has one of that name.</summary>
    public const string RestoredEnding = ".restored";

    private const long MaxManifestOctets = 256 * 1024 * 1024; // A line per table and file; a spool of 100,000 mails takes 30 MB.

    /// <summary>Reads the whole archive and compares every entry with its hash.</summary>
    /// <param name="progress">Receives the octets read so far.</param>
    /// <exception cref="InvalidDataException">Cut off, damaged, or no backup of ours; the message names the entry.</exception>
    public async Task<BackupManifest> VerifyAsync(IProgress<double>? progress, CancellationToken cancellation)
    {
        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        var damagedBlobs = new List<string>();
        var blobs = 0L;
        byte[]? manifest = null;
        await foreach (var (name, content, position) in EntriesAsync(cancellation))
        {
            if (name == BackupManifest.EntryName)
            {
                manifest = await ReadAllAsync(content, cancellation);
            }
            else if (BlobOf(name) is { } hash)
            {
                blobs++;
                if (await HashAsync(content, cancellation) != hash.Hex)
                {
                    damagedBlobs.Add(hash.Hex);
                }
            }
            else
            {
                seen[name] = await HashAsync(content, cancellation);
            }

            progress?.Report(position);
        }

        var read = BackupManifest.Read(manifest ?? throw new InvalidDataException("The archive ends before its manifest: it was cut off, or is no backup of Plenum."));
        foreach (var (entry, sha256) in read.Tables.Select(t => (t.Entry, t.Sha256)).Concat(read.Files.Select(f => (f.Entry, f.Sha256))))
        {
            if (!seen.TryGetValue(entry, out var found) || found != sha256)
            {
                throw new InvalidDataException(found is null ? $"The entry {entry} is missing." : $"The entry {entry} is damaged: its SHA-256 is not the one in the manifest.");
            }
        }

        if (damagedBlobs.Find(b => !read.Blobs.Lost.Contains(b)) is { } bad)
        {
            throw new InvalidDataException($"The blob {bad} is damaged: its SHA-256 is not its name.");
        }

        return blobs == read.Blobs.Count ? read : throw new InvalidDataException($"The archive has {blobs} blobs, its manifest names {read.Blobs.Count}.");
    }

    /// <summary>Writes the files of the data folder, beside those that are there already. Their paths cannot lead out of it.</summary>
    public async Task ExtractFilesAsync(BackupManifest manifest, string folder, CancellationToken cancellation)
    {
        var wanted = manifest.Files.ToDictionary(f => f.Entry, f => f.Path, StringComparer.Ordinal);
        await foreach (var (name, content, _) in EntriesAsync(cancellation))
        {
            if (wanted.TryGetValue(name, out var relative))
            {
                var path = Path.GetFullPath(Path.Combine(folder, relative));
                if (!path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                {
                    throw new InvalidDataException($"The file {relative} would lie outside the data folder.");
                }

                await WriteFileAsync(File.Exists(path) ? path + RestoredEnding : path, content, cancellation);
            }
        }
    }

    public async Task RestoreBlobsAsync(IBlobStore store, BackupManifest manifest, IProgress<double>? progress, CancellationToken cancellation)
    {
        await foreach (var (name, content, position) in EntriesAsync(cancellation))
        {
            if (BlobOf(name) is { } hash && await store.WrittenAtAsync(hash, cancellation) is null)
            {
                var stored = await store.PutAsync(content, long.MaxValue, cancellation);
                if (stored.Hash != hash && !manifest.Blobs.Lost.Contains(hash.Hex))
                {
                    throw new InvalidDataException($"The blob {hash} changed while it was read.");
                }
            }

            progress?.Report(position);
        }
    }

    /// <summary>Hands every table's rows to the loader.</summary>
    /// <exception cref="InvalidDataException">The target lacks a table or a column, a value is of another kind, or rows are missing.</exception>
    internal async Task LoadTablesAsync(RowLoader loader, BackupManifest manifest, IProgress<double>? progress, CancellationToken cancellation)
    {
        var wanted = manifest.Tables.ToDictionary(t => t.Entry, StringComparer.Ordinal);
        await foreach (var (name, content, position) in EntriesAsync(cancellation))
        {
            if (wanted.TryGetValue(name, out var table))
            {
                await LoadTableAsync(loader, table, content, cancellation);
            }

            progress?.Report(position);
        }
    }

    private static async Task LoadTableAsync(RowLoader loader, TableContent table, Stream packed, CancellationToken cancellation)
    {
        await using var gzip = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true);
        using var lines = new StreamReader(gzip, new UTF8Encoding(false, throwOnInvalidBytes: true), false, 64 * 1024);
        var head = RowFormat.ReadHead(await lines.ReadLineAsync(cancellation) ?? throw new InvalidDataException($"{table.Entry} is empty."));
        if (!loader.Tables.TryGetValue(table.Name, out var target))
        {
            throw new InvalidDataException($"This program has no table {table.Name}; {table.Rows} rows would be lost.");
        }

        var columns = head.Select(h => target.Columns.FirstOrDefault(c => c.Name == h.Name) ?? throw new InvalidDataException($"This program's table {table.Name} has no column {h.Name}.")).ToList();
        var loaded = await loader.LoadAsync(target with { Columns = columns }, RowsAsync(lines, table, [.. columns.Select(c => c.Kind)], cancellation), cancellation);
        if (loaded != table.Rows)
        {
            throw new InvalidDataException($"{table.Entry} has {loaded} rows, the manifest says {table.Rows}.");
        }
    }

    private static async IAsyncEnumerable<object?[]> RowsAsync(StreamReader lines, TableContent table, ColumnKind[] kinds, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var number = 0L;
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            number++;
            object?[] row;
            try
            {
                row = RowFormat.Read(Encoding.UTF8.GetBytes(line), kinds);
            }
            catch (Exception damaged) when (damaged is InvalidDataException or System.Text.Json.JsonException or FormatException)
            {
                throw new InvalidDataException($"Row {number} of {table.Entry}: {damaged.Message}", damaged);
            }

            yield return row;
        }
    }

    private async IAsyncEnumerable<(string Name, Stream Content, long Position)> EntriesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.Asynchronous | FileOptions.SequentialScan);
        await using var tar = new TarReader(stream, leaveOpen: true);
        while (await NextAsync(tar, cancellation) is { } entry)
        {
            if (entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile)
            {
                yield return (entry.Name, entry.DataStream ?? Stream.Null, stream.Position);
            }
        }
    }

    private static async Task<TarEntry?> NextAsync(TarReader tar, CancellationToken cancellation)
    {
        try
        {
            return await tar.GetNextEntryAsync(copyData: false, cancellation);
        }
        catch (Exception damaged) when (damaged is EndOfStreamException or FormatException or InvalidDataException or ArgumentException or IOException)
        {
            throw new InvalidDataException($"The archive is damaged or cut off: {damaged.Message}", damaged);
        }
    }

    private static BlobHash? BlobOf(string name)
        => name.StartsWith(Archive.BlobPrefix, StringComparison.Ordinal) && BlobHash.TryParse(name[Archive.BlobPrefix.Length..], out var hash) ? hash : null;

    private static async Task<string> HashAsync(Stream content, CancellationToken cancellation)
    {
        try
        {
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellation));
        }
        catch (EndOfStreamException cut)
        {
            throw new InvalidDataException("The archive is cut off in the middle of an entry.", cut);
        }
    }

    private static async Task<byte[]> ReadAllAsync(Stream content, CancellationToken cancellation)
    {
        if (content.Length > MaxManifestOctets)
        {
            throw new InvalidDataException("The manifest is too large to be one.");
        }

        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellation);
        return copy.ToArray();
    }

    private static async Task WriteFileAsync(string path, Stream content, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var written = new FileStream(path, options);
        await content.CopyToAsync(written, cancellation);
        written.Flush(flushToDisk: true);
    }
}
