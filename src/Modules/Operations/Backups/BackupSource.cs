using System.Data.Common;
using Plenum.Kernel;
using Plenum.Kernel.Data;

namespace Plenum.Operations.Backups;

/// <summary>Is there something to back up?</summary>
internal static class BackupSource
{
    /// <exception cref="StartupException">No database, one without a schema, or one that cannot be reached.</exception>
    public static async Task DemandAsync(Database database, DataFolder folder, CancellationToken cancellation)
    {
        if (database.Provider == DatabaseProvider.SQLite && !File.Exists(folder.SqliteFile))
        {
            throw new StartupException($"There is no database in {folder.Root}. Name the data folder with --data.");
        }

        try
        {
            await using var snapshot = await RowSnapshot.TakeAsync(database, cancellation);
            await snapshot.MigrationsAsync(cancellation);
        }
        catch (DbException refused)
        {
            throw new StartupException($"The database cannot be read: {refused.Message}");
        }
    }
}
