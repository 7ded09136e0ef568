using System.Text.Json;
using System.Text.Json.Serialization;

namespace Plenum.Operations.Backups;

/// <summary>The table of contents of a backup: the last thing written, so an archive without it is not whole.</summary>
public sealed record BackupManifest
{
    /// <summary>Rises when an older program could not read it.</summary>
    public const int CurrentFormat = 1;

    public const string EntryName = "manifest.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    public required int Format { get; init; }

    /// <summary>Version of the program that wrote it.</summary>
    public required string Program { get; init; }

    /// <summary>The moment the data is of, UTC.</summary>
    public required DateTime TakenAt { get; init; }

    /// <summary>"SQLite" or "PostgreSQL": where the rows lay. A restore may go to either.</summary>
    public required string Database { get; init; }

    /// <summary>Number of the newest migration.</summary>
    public required long Schema { get; init; }

    /// <summary>Numbers of all migrations the schema came from.</summary>
    public required IReadOnlyList<long> Migrations { get; init; }

    public required IReadOnlyList<TableContent> Tables { get; init; }

    /// <summary>The last number each counting column gave out, by table.</summary>
    public required IReadOnlyDictionary<string, long> Counters { get; init; }

    public required IReadOnlyList<FileContent> Files { get; init; }

    public required BlobContent Blobs { get; init; }

    public long Rows => Tables.Sum(t => t.Rows);

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, Json);

    /// <exception cref="InvalidDataException">Not a manifest, or one of a newer format.</exception>
    public static BackupManifest Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<BackupManifest>(json, Json) ?? throw new InvalidDataException("The manifest is empty.");
            return manifest.Format <= CurrentFormat
                ? manifest
                : throw new InvalidDataException($"The backup has format {manifest.Format}; this program reads up to {CurrentFormat}. Use the version that wrote it ({manifest.Program}).");
        }
        catch (JsonException damaged)
        {
            throw new InvalidDataException($"The manifest cannot be read: {damaged.Message}", damaged);
        }
    }
}

/// <param name="Entry">Name in the archive; gzipped rows.</param>
/// <param name="Sha256">Of the entry, in hexadecimal.</param>
public sealed record TableContent(string Name, long Rows, string Entry, string Sha256);

/// <param name="Path">Relative to the data folder, with forward slashes.</param>
public sealed record FileContent(string Path, string Entry, string Sha256);

/// <summary>Blobs carry their hash as their name.</summary>
public sealed record BlobContent
{
    /// <summary>False: the blobs stay where they are, and the backup is of use only beside them.</summary>
    public required bool AreIncluded { get; init; }

    public long Count { get; init; }

    public long Octets { get; init; }

    /// <summary>Blobs something refers to that were missing or damaged in the store when the backup was taken.</summary>
    public IReadOnlyList<string> Lost { get; init; } = [];
}
