using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plenum.Kernel.Modules;

namespace Plenum.Operations.Configuration;

/// <summary>
/// The annotated sample of plenum.json: every setting with its doc comment, its range and its default, each commented out. As it is, it
/// means the defaults; whoever wants another value takes the slashes away.
/// </summary>
internal sealed class SampleConfiguration(OptionsCatalog catalog)
{
    private const int Width = 120;
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly OptionDocs _docs = new();

    public string Write()
    {
        var text = new StringBuilder("// Settings of Plenum. What is commented out has the value shown. Environment variables PLENUM_Section__Key win over this file.\n{\n");
        foreach (var (section, type) in catalog.Sections)
        {
            Comment(text, "  ", _docs.Of(type));
            text.Append(CultureInfo.InvariantCulture, $"  \"{section}\": {{\n");
            var defaults = Activator.CreateInstance(type)!;
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true }))
            {
                Comment(text, "    ", Described(property));
                text.Append(CultureInfo.InvariantCulture, $"    // \"{property.Name}\": {Value(property.GetValue(defaults))},\n\n");
            }

            text.Length--; // The blank line after the last setting.
            text.Append("  },\n\n");
        }

        Comment(text, "  ", "How much is logged, and whether for people (\"console\") or machines (\"json\").");
        text.Append("  \"Logging\": {\n    // \"Format\": \"console\",\n    // \"LogLevel\": { \"Default\": \"Information\" },\n  },\n}\n");
        return text.ToString();
    }

    private string Described(PropertyInfo property)
    {
        var parts = new List<string> { _docs.Of(property) };
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (type.IsEnum)
        {
            parts.Add($"One of {string.Join(", ", Enum.GetNames(type))}.");
        }

        if (type == typeof(TimeSpan))
        {
            parts.Add("As [days.]hours:minutes:seconds.");
        }

        if (property.GetCustomAttribute<RangeAttribute>() is { } range)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"From {range.Minimum} to {range.Maximum}."));
        }

        return string.Join(' ', parts.Where(p => p.Length > 0));
    }

    private static string Value(object? value) => value switch
    {
        null => "null",
        string text => JsonSerializer.Serialize(text, Json),
        bool truth => truth ? "true" : "false",
        TimeSpan time => $"\"{time.ToString("c", CultureInfo.InvariantCulture)}\"",
        Enum choice => $"\"{choice}\"",
        IDictionary => "{}",
        IEnumerable<KeyValuePair<string, int>> or IEnumerable<KeyValuePair<string, string>> => "{}",
        IEnumerable list => "[" + string.Join(", ", list.Cast<object?>().Select(Value)) + "]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => JsonSerializer.Serialize(value, Json),
    };

    private static void Comment(StringBuilder text, string indent, string words)
    {
        var line = new StringBuilder(indent + "//");
        foreach (var word in words.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + 1 + word.Length > Width)
            {
                text.Append(line).Append('\n');
                line.Clear().Append(indent + "//");
            }

            line.Append(' ').Append(word);
        }

        if (words.Length > 0)
        {
            text.Append(line).Append('\n');
        }
    }
}
