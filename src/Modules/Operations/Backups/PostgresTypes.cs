using System.Diagnostics.CodeAnalysis;
using Npgsql;
using NpgsqlTypes;

namespace Plenum.Operations.Backups;

/// <summary>PostgreSQL's catalogue as backups need it.</summary>
internal static class PostgresTypes
{
    private const string ColumnsQuery = """
        SELECT c.relname, a.attname, t.typname
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid JOIN pg_type t ON t.oid = a.atttypid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
          AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
        ORDER BY c.relname, a.attnum
        """;

    private const string SequencesQuery = """
        SELECT c.relname, a.attname, pg_get_serial_sequence(quote_ident(c.relname), a.attname) AS sequence
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
          AND pg_get_serial_sequence(quote_ident(c.relname), a.attname) IS NOT NULL
        ORDER BY c.relname
        """;

    public static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    /// <summary>Every table of the current schema. Columns of a type no backup knows keep the kind Text and their native name; see <see cref="IsKnown"/>.</summary>
    public static async Task<IReadOnlyList<TableShape>> TablesAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(ColumnsQuery, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var columns = new List<(string Table, ColumnShape Column)>();
        while (await reader.ReadAsync(cancellation))
        {
            var type = reader.GetString(2);
            columns.Add((reader.GetString(0), new(reader.GetString(1), KindOf(type)) { NativeType = type }));
        }

        return [.. columns.GroupBy(c => c.Table, c => c.Column).Select(g => new TableShape(g.Key, [.. g]))];
    }

    /// <summary>Columns that count by themselves.</summary>
    /// <returns>Table, column, and the sequence's name ready for SQL.</returns>
    public static async Task<IReadOnlyList<(string Table, string Column, string Sequence)>> SequencesAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(SequencesQuery, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<(string, string, string)>();
        while (await reader.ReadAsync(cancellation))
        {
            found.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        }

        return found;
    }

    public static bool IsKnown(ColumnShape column) => column.NativeType is
        "uuid" or "timestamptz" or "bool" or "int2" or "int4" or "int8" or "float4" or "float8" or "numeric" or "varchar" or "text" or "bpchar" or "json" or "jsonb" or "bytea";

    /// <summary>How the binary COPY writes a column.</summary>
    public static NpgsqlDbType DbTypeOf(ColumnShape column) => column.NativeType switch
    {
        "uuid" => NpgsqlDbType.Uuid,
        "timestamptz" => NpgsqlDbType.TimestampTz,
        "bool" => NpgsqlDbType.Boolean,
        "int2" => NpgsqlDbType.Smallint,
        "int4" => NpgsqlDbType.Integer,
        "int8" => NpgsqlDbType.Bigint,
        "float4" => NpgsqlDbType.Real,
        "float8" => NpgsqlDbType.Double,
        "numeric" => NpgsqlDbType.Numeric,
        "json" => NpgsqlDbType.Json,
        "jsonb" => NpgsqlDbType.Jsonb,
        "bytea" => NpgsqlDbType.Bytea,
        _ => NpgsqlDbType.Text,
    };

    /// <summary>A value as the column's exact type.</summary>
    [SuppressMessage("Globalization", "CA1305", Justification = "Numbers to numbers.")]
    public static object ToStored(object value, ColumnShape column) => column.NativeType switch
    {
        "int2" => Convert.ToInt16(value),
        "int4" => Convert.ToInt32(value),
        "float4" => Convert.ToSingle(value),
        "numeric" => Convert.ToDecimal(value),
        _ => value,
    };

    private static ColumnKind KindOf(string type) => type switch
    {
        "uuid" => ColumnKind.Uuid,
        "timestamptz" => ColumnKind.Instant,
        "bool" => ColumnKind.Boolean,
        "int2" or "int4" or "int8" => ColumnKind.Integer,
        "float4" or "float8" or "numeric" => ColumnKind.Real,
        "bytea" => ColumnKind.Bytes,
        _ => ColumnKind.Text,
    };
}
