using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Plenum.Kernel;
using Plenum.Kernel.Data;

namespace Plenum.Operations.Backups;

/// <summary>Writes the database to the folder "backups" before a new version changes its schema. Blobs never change, so they are left out.</summary>
internal sealed partial class BackupBeforeMigration(
    BackupWriter writer, DataFolder folder, IOptions<OperationsOptions> options, TimeProvider clock, ILogger<BackupBeforeMigration> log) : IBeforeMigration
{
    private const string Prefix = "before-";

    public async Task PrepareAsync(long fromVersion, long toVersion, CancellationToken cancellation)
    {
        if (!options.Value.BackupBeforeMigration)
        {
            LogSkipped();
            return;
        }

        var file = Path.Combine(folder.Backups, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{toVersion}-{BackupWriter.NameAt(clock.GetUtcNow().UtcDateTime)}"));
        try
        {
            await writer.WriteAsync(file, BackupScope.WithoutBlobs, null, cancellation);
        }
        catch (StartupException refused)
        {
            throw new StartupException($"{refused.Message} The database stays at schema {fromVersion}. Make room, or set Operations:BackupBeforeMigration to false to go on without.");
        }

        LogWritten(file);
        foreach (var old in Directory.GetFiles(folder.Backups, Prefix + "*.tar").OrderByDescending(File.GetLastWriteTimeUtc).ThenByDescending(f => f, StringComparer.Ordinal).Skip(options.Value.KeepMigrationBackups))
        {
            File.Delete(old);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Before the schema changes, the database was written to {File}")]
    private partial void LogWritten(string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The schema changes without a backup, as Operations:BackupBeforeMigration says")]
    private partial void LogSkipped();
}
