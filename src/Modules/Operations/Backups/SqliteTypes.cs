using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Plenum.Operations.Backups;

/// <summary>What SQLite's columns hold: it has no types of its own, so the declared name decides, as the migrations write it.</summary>
internal static class SqliteTypes
{
    public static string Quote(string name) => "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    [SuppressMessage("Security", "CA2100", Justification = "The table's name comes from the database's own catalogue.")]
    public static async Task<IReadOnlyList<ColumnShape>> ColumnsAsync(SqliteConnection connection, string table, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT name, type FROM pragma_table_xinfo($table) WHERE hidden = 0 ORDER BY cid"; // Generated columns are hidden.
        command.Parameters.AddWithValue("$table", table);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var columns = new List<ColumnShape>();
        while (await reader.ReadAsync(cancellation))
        {
            columns.Add(new(reader.GetString(0), KindOf(reader.GetString(1))));
        }

        return columns;
    }

    /// <summary>A stored value as <see cref="RowFormat"/> writes it.</summary>
    public static object? FromStored(object stored, ColumnKind kind) => (stored, kind) switch
    {
        (DBNull, _) => null,
        (string text, ColumnKind.Uuid) => Guid.Parse(text),
        (byte[] { Length: 16 } octets, ColumnKind.Uuid) => new Guid(octets),
        (string text, ColumnKind.Instant) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal),
        (string text, ColumnKind.Bytes) => System.Text.Encoding.UTF8.GetBytes(text),
        _ => stored, // long, double, string, byte[]: what SQLite knows.
    };

    private static ColumnKind KindOf(string declared)
    {
        var type = declared.ToUpperInvariant();
        return type switch
        {
            "UNIQUEIDENTIFIER" or "GUID" or "UUID" => ColumnKind.Uuid,
            "TIMESTAMPTZ" or "DATETIME" => ColumnKind.Instant,
            "BOOLEAN" or "BIT" => ColumnKind.Boolean,
            "BLOB" or "" => ColumnKind.Bytes,
            "REAL" or "DOUBLE" or "FLOAT" or "NUMERIC" => ColumnKind.Real,
            _ when type.Contains("INT", StringComparison.Ordinal) => ColumnKind.Integer,
            _ when type.Contains("CHAR", StringComparison.Ordinal) || type.Contains("TEXT", StringComparison.Ordinal) => ColumnKind.Text,
            _ => throw new NotSupportedException($"The column type {declared} has no place in a backup."),
        };
    }
}
