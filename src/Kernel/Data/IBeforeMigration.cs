namespace Plenum.Kernel.Data;

/// <summary>Something to do before an existing database is migrated, such as a backup. An exception stops the start.</summary>
public interface IBeforeMigration
{
    Task PrepareAsync(long fromVersion, long toVersion, CancellationToken cancellation);
}
