using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Plenum.Operations.Configuration;

/// <summary>The doc comments of options classes, from the XML files the compiler writes beside the assemblies.</summary>
internal sealed partial class OptionDocs
{
    private readonly Dictionary<Assembly, Dictionary<string, string>> _read = [];

    /// <returns>One paragraph without markup; empty where the comment says nothing.</returns>
    public string Of(Type type) => Find(type.Assembly, $"T:{type.FullName}");

    public string Of(PropertyInfo property) => Find(property.DeclaringType!.Assembly, $"P:{property.DeclaringType.FullName}.{property.Name}");

    private string Find(Assembly assembly, string member)
    {
        if (!_read.TryGetValue(assembly, out var texts))
        {
            _read[assembly] = texts = Read(Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + ".xml"));
        }

        return texts.GetValueOrDefault(member, "");
    }

    private static Dictionary<string, string> Read(string file)
        => File.Exists(file)
            ? XDocument.Load(file).Descendants("member").Where(m => m.Element("summary") is not null)
                .ToDictionary(m => m.Attribute("name")!.Value, m => Plain(m.Element("summary")!), StringComparer.Ordinal)
            : [];

    private static string Plain(XElement summary)
    {
        foreach (var reference in summary.Descendants().Where(e => e.Name.LocalName is "see" or "paramref").ToList())
        {
            var name = (reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("href"))?.Value ?? reference.Value;
            reference.ReplaceWith(name[(name.LastIndexOf('.') + 1)..]);
        }

        return Blanks().Replace(summary.Value, " ").Trim();
    }

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();
}
