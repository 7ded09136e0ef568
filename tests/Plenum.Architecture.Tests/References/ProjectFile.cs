using System.Xml.Linq;

namespace Plenum.Architecture.Tests.References;

/// <summary>What a csproj references.</summary>
/// <param name="Folder">The project's folder below the root of the checkout, with forward slashes.</param>
/// <param name="Projects">Folders of the referenced projects; a wildcard reference keeps its wildcard.</param>
/// <param name="Packages">Names of the referenced packages.</param>
internal sealed record ProjectFile(string Folder, IReadOnlyList<string> Projects, IReadOnlyList<string> Packages)
{
    public static ProjectFile Read(string root, string path) => Parse(
        Path.GetRelativePath(root, Path.GetDirectoryName(path)!).Replace('\\', '/'), File.ReadAllText(path));

    public static ProjectFile Parse(string folder, string xml)
    {
        var project = XDocument.Parse(xml).Root!;
        return new(folder, [.. Includes(project, "ProjectReference").Select(r => Resolve(folder, r))], [.. Includes(project, "PackageReference")]);
    }

    private static IEnumerable<string> Includes(XElement project, string item)
        => project.Descendants(item).Select(e => (string?)e.Attribute("Include")).OfType<string>();

    private static string Resolve(string folder, string reference)
    {
        var parts = new List<string>(folder.Split('/'));
        foreach (var part in reference.Replace('\\', '/').Split('/')[..^1])
        {
            if (part == "..")
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }
}
