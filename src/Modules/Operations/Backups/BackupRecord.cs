using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;

namespace Plenum.Operations.Backups;

/// <summary>A backup that was finished, for the health page.</summary>
public sealed class BackupRecord
{
    public required Guid Id { get; init; }

    /// <summary>The moment the data is of.</summary>
    public required DateTime TakenAt { get; init; }

    public required string File { get; init; }

    /// <summary>Size of the archive.</summary>
    public required long Octets { get; init; }

    public required bool HasBlobs { get; init; }

    public required long LostBlobs { get; init; }
}

/// <summary>The log of finished backups.</summary>
public sealed class BackupLog(PlenumDb db)
{
    private const int MaxFileLength = 1_000;

    /// <summary>Notes a backup. A database of an older or newer schema keeps no log: the backup counts all the same.</summary>
    /// <returns>False if it could not be noted.</returns>
    public async Task<bool> NoteAsync(BackupManifest manifest, string file, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        try
        {
            db.Add(new BackupRecord
            {
                Id = Guid.CreateVersion7(),
                TakenAt = manifest.TakenAt,
                File = file.Length <= MaxFileLength ? file : file[^MaxFileLength..],
                Octets = new FileInfo(file).Length,
                HasBlobs = manifest.Blobs.AreIncluded,
                LostBlobs = manifest.Blobs.Lost.Count,
            });
            await db.SaveChangesAsync(cancellation);
            return true;
        }
        catch (Exception refused) when (refused is DbUpdateException or DbException)
        {
            return false;
        }
    }

    public Task<BackupRecord?> LastAsync(CancellationToken cancellation)
        => db.Set<BackupRecord>().AsNoTracking().OrderByDescending(b => b.TakenAt).FirstOrDefaultAsync(cancellation);
}
