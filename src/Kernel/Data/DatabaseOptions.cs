using System.ComponentModel.DataAnnotations;

namespace Plenum.Kernel.Data;

public enum DatabaseProvider
{
    SQLite,
    PostgreSQL,
}

/// <summary>Settings under "Database" in plenum.json.</summary>
public sealed class DatabaseOptions : IValidatableObject
{
    /// <summary>SQLite: one file in the data folder, for one server. PostgreSQL: for clusters and large organisations.</summary>
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.SQLite;

    /// <summary>PostgreSQL connection string (Npgsql form), e.g. "Host=127.0.0.1;Database=plenum;Username=plenum". Unused with SQLite.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>How long a SQLite writer waits for another writer before it gives up, in milliseconds.</summary>
    [Range(100, 60_000)]
    public int BusyTimeoutMilliseconds { get; init; } = 30_000; // 32 concurrent writers waited 0.9 s at most in the prototype; a loaded machine takes longer.

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider == DatabaseProvider.PostgreSQL && string.IsNullOrWhiteSpace(ConnectionString))
        {
            yield return new("Database:ConnectionString is empty, but PostgreSQL needs one.", [nameof(ConnectionString)]);
        }
    }
}
