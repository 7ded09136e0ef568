using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.Data;

/// <summary>Databases of the demo organisation as each release made them: Schemas/VERSION/sqlite.db.gz and postgresql.sql.gz.</summary>
internal static class ReleasedSchemas
{
    /// <summary>A release candidate may still change its migrations, so only a release is held to its final schema.</summary>
    public static bool IsReleased(string version) => !File.Exists(Path.Combine(Folder, version, "CANDIDATE"));

    public static IReadOnlyList<string> Versions { get; } = [.. Directory.GetDirectories(Folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(SharedData.RepositoryRoot, "tests", "Plenum.Modules.Tests", "Kernel", "Data", "Schemas");

    public static async Task<ScratchDatabase> RestoreAsync(string version, DatabaseProvider provider, CancellationToken cancellation)
    {
        var database = await ScratchDatabase.EmptyAsync(provider);
        if (provider == DatabaseProvider.SQLite)
        {
            await using var packed = new GZipStream(File.OpenRead(Path.Combine(Folder, version, "sqlite.db.gz")), CompressionMode.Decompress);
            await using var file = File.Create(Path.Combine(database.Folder, "plenum.db"));
            await packed.CopyToAsync(file, cancellation);
            return database;
        }

        await using var dump = new GZipStream(File.OpenRead(Path.Combine(Folder, version, "postgresql.sql.gz")), CompressionMode.Decompress);
        var statements = await new StreamReader(dump).ReadToEndAsync(cancellation);
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A file of the repository.
        command.CommandText = statements;
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancellation);
        return database;
    }

    /// <summary>Tables, columns and indexes as lines, in an order of their own.</summary>
    public static async Task<IReadOnlyList<string>> DescribeAsync(PlenumDb db, CancellationToken cancellation)
    {
        var statement = db.IsPostgreSql
            ? """
              SELECT concat_ws(' ', table_name, column_name, data_type, character_maximum_length, is_nullable, column_default, collation_name) AS "Value"
              FROM information_schema.columns WHERE table_schema = 'public'
              UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
              UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
              """
            : "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS \"Value\" FROM sqlite_master";
        return [.. (await db.Database.SqlQueryRaw<string>(statement).ToListAsync(cancellation)).Order(StringComparer.Ordinal)];
    }
}
