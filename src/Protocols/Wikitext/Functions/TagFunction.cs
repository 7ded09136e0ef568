using System.Text;
using Plenum.Wikitext.Expansion;

namespace Plenum.Wikitext.Functions;

/// <summary><c>{{#tag:name|content|attribute=value}}</c>: an extension tag whose content and attributes are expanded first.</summary>
internal static class TagFunction
{
    public static FunctionOutcome Run(FunctionCall call)
    {
        var name = call.First.ToLowerInvariant();
        var content = call.Has(1) ? call.Expander.ExpandToString(call.Parts[0].All, call.Frame) : null;
        var attributes = Attributes(call);
        var written = Source(name, attributes, content);
        if (!call.Expander.IsTag(name))
        {
            return call.Write(written);
        }

        var source = call.Expander.Strips.Unstrip(written);
        return call.Write(call.Expander.Budget.TryUseArgument(source.Length)
            ? call.Expander.Strips.Add(new StrippedTag(name, attributes, content) { Source = source, Frame = call.Frame })
            : call.Expander.NoteTooLong(call.Frame));
    }

    private static List<KeyValuePair<string, string>> Attributes(FunctionCall call)
    {
        var attributes = new List<KeyValuePair<string, string>>();
        for (var i = 1; i < call.Parts.Length; i++)
        {
            var part = call.Parts[i];
            if (!part.IsNamed)
            {
                continue;
            }

            var name = call.Expander.ExpandTrimmed(part.Name, call.Frame);
            var value = Unquote(call.Expander.ExpandTrimmed(part.Value, call.Frame));
            var known = attributes.FindIndex(a => a.Key == name);
            if (known >= 0)
            {
                attributes[known] = new(name, value);
            }
            else
            {
                attributes.Add(new(name, value));
            }
        }

        return attributes;
    }

    /// <summary>One quote at each end goes; they need not be the same.</summary>
    private static string Unquote(string value)
        => value.Length >= 2 && value[0] is '"' or '\'' && value[^1] is '"' or '\'' && (value.Length > 2 || value[0] == value[1]) ? value[1..^1] : value;

    private static string Source(string name, List<KeyValuePair<string, string>> attributes, string? content)
    {
        var source = new StringBuilder().Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            source.Append(' ').Append(Escape(attribute)).Append("=\"").Append(Escape(value)).Append('"');
        }

        return content is null ? source.Append("/>").ToString() : source.Append('>').Append(content).Append("</").Append(name).Append('>').ToString();
    }

    private static string Escape(string value) => value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
