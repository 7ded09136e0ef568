using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Data;
using Plenum.Kernel.Health;

namespace Plenum.Operations.Health;

/// <summary>Does the database answer?</summary>
internal sealed class DatabaseProbe(PlenumDb db, Database database, DataFolder folder) : IHealthProbe
{
    public HealthDepth Depth => HealthDepth.Readiness;

    public bool NeedsDatabase => false; // It finds out.

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellation)
    {
        if (database.Provider == DatabaseProvider.SQLite && !File.Exists(folder.SqliteFile))
        {
            return [new("database", HealthState.Bad, "health.database.none", folder.SqliteFile)]; // Opening it would make it.
        }

        try
        {
            await db.Database.SqlQuery<int>($"SELECT 1 AS \"Value\"").ToListAsync(cancellation);
            return [new("database", HealthState.Good, "health.database.answers", db.IsPostgreSql ? "PostgreSQL" : "SQLite")];
        }
        catch (System.Data.Common.DbException refused)
        {
            return [new("database", HealthState.Bad, "health.database.silent", refused.Message)];
        }
    }
}

/// <summary>Schema, size and version of the database.</summary>
internal sealed class SchemaProbe(PlenumDb db, Schema schema) : IHealthProbe
{
    private const int OldestPostgres = 14; // The oldest release its makers still mend (postgresql.org/support/versioning).

    public HealthDepth Depth => HealthDepth.Overview;

    public async Task<IReadOnlyList<Finding>> LookAsync(CancellationToken cancellation)
    {
        var (applied, known) = (schema.Applied, schema.Known);
        var findings = new List<Finding>
        {
            applied == known ? new("database", HealthState.Good, "health.schema.current", known)
                : applied < known ? new("database", HealthState.Warning, "health.schema.old", applied, known)
                : new("database", HealthState.Bad, "health.schema.newer", applied, known),
            new("database", HealthState.Good, "health.database.size", ByteSize.Of(await DatabaseSize.ReadAsync(db, cancellation))),
        };
        if (db.IsPostgreSql)
        {
            var number = (await db.Database.SqlQuery<string>($"SELECT current_setting('server_version_num') AS \"Value\"").ToListAsync(cancellation)).Single();
            var major = int.Parse(number, CultureInfo.InvariantCulture) / 10_000;
            findings.Add(major >= OldestPostgres
                ? new("database", HealthState.Good, "health.database.postgres", major)
                : new("database", HealthState.Warning, "health.database.postgres-old", major, OldestPostgres));
        }

        return findings;
    }
}
