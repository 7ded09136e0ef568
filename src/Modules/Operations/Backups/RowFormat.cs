using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Plenum.Operations.Backups;

/// <summary>
/// Rows as text, one JSON array a line, readable by people and by any database: UUIDs and instants as strings (ISO 8601, UTC), octets as
/// <c>{"b":"base64"}</c>. The first line names the columns: <c>["id:Uuid","name:Text"]</c>.
/// </summary>
internal static class RowFormat
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";
    private static readonly JsonWriterOptions Writing = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> WriteHead(TableShape table)
    {
        var line = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(line, Writing);
        json.WriteStartArray();
        foreach (var column in table.Columns)
        {
            json.WriteStringValue($"{column.Name}:{column.Kind}");
        }

        json.WriteEndArray();
        json.Flush();
        line.Write("\n"u8);
        return line.WrittenMemory;
    }

    /// <exception cref="InvalidDataException">Not the head of a table.</exception>
    public static IReadOnlyList<ColumnShape> ReadHead(string line)
    {
        var columns = JsonSerializer.Deserialize<string[]>(line) ?? [];
        return [.. columns.Select(c => c.Split(':') is [var name, var kind] && Enum.TryParse<ColumnKind>(kind, out var known)
            ? new ColumnShape(name, known)
            : throw new InvalidDataException($"\"{c}\" is no column."))];
    }

    public static void Write(ArrayBufferWriter<byte> line, ReadOnlySpan<object?> values)
    {
        using var json = new Utf8JsonWriter(line, Writing);
        json.WriteStartArray();
        foreach (var value in values)
        {
            Write(json, value);
        }

        json.WriteEndArray();
        json.Flush();
        line.Write("\n"u8);
    }

    /// <param name="kinds">What the target's columns hold; false and 0, true and 1 mean the same.</param>
    /// <exception cref="InvalidDataException">A value is not of its column's kind.</exception>
    public static object?[] Read(ReadOnlySpan<byte> line, IReadOnlyList<ColumnKind> kinds)
    {
        var json = new Utf8JsonReader(line);
        var values = new object?[kinds.Count];
        Demand(json.Read() && json.TokenType == JsonTokenType.StartArray);
        for (var i = 0; i < values.Length; i++)
        {
            Demand(json.Read());
            values[i] = Read(ref json, kinds[i]);
        }

        Demand(json.Read() && json.TokenType == JsonTokenType.EndArray);
        return values;
    }

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case Guid id:
                json.WriteStringValue(id);
                break;
            case DateTime instant:
                json.WriteStringValue(instant.ToString(InstantFormat, CultureInfo.InvariantCulture));
                break;
            case byte[] octets:
                json.WriteStartObject();
                json.WriteBase64String("b", octets);
                json.WriteEndObject();
                break;
            default:
                json.WriteStringValue((string)value);
                break;
        }
    }

    private static object? Read(ref Utf8JsonReader json, ColumnKind kind)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.True or JsonTokenType.False when kind == ColumnKind.Boolean:
                return json.GetBoolean();
            case JsonTokenType.True or JsonTokenType.False when kind == ColumnKind.Integer:
                return json.GetBoolean() ? 1L : 0L;
            case JsonTokenType.Number when kind == ColumnKind.Integer:
                return json.GetInt64();
            case JsonTokenType.Number when kind == ColumnKind.Boolean:
                return json.GetInt64() != 0;
            case JsonTokenType.Number when kind == ColumnKind.Real:
                return json.GetDouble();
            case JsonTokenType.String when kind == ColumnKind.Text:
                return json.GetString();
            case JsonTokenType.String when kind == ColumnKind.Uuid && json.TryGetGuid(out var id):
                return id;
            case JsonTokenType.String when kind == ColumnKind.Instant && TryReadInstant(json.GetString(), out var instant):
                return instant;
            case JsonTokenType.StartObject when kind == ColumnKind.Bytes:
                Demand(json.Read() && json.ValueTextEquals("b"u8) && json.Read());
                var octets = json.GetBytesFromBase64();
                Demand(json.Read() && json.TokenType == JsonTokenType.EndObject);
                return octets;
            default:
                throw new InvalidDataException($"A {json.TokenType} stands where a {kind} belongs.");
        }
    }

    private static bool TryReadInstant(string? text, out DateTime instant)
        => DateTime.TryParseExact(text, InstantFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);

    private static void Demand(bool holds)
    {
        if (!holds)
        {
            throw new InvalidDataException("A row is not a JSON array of its columns.");
        }
    }
}
