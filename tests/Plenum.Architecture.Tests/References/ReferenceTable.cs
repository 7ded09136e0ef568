namespace Plenum.Architecture.Tests.References;

/// <summary>The table "Who may reference whom" of docs/architecture.md: the document is the rule, so it cannot lie.</summary>
internal sealed class ReferenceTable
{
    private const string AnyPackage = "any";
    private readonly List<Row> _rows = [];

    /// <exception cref="InvalidDataException">The table is missing.</exception>
    public static ReferenceTable Read(string markdown)
    {
        var table = new ReferenceTable();
        foreach (var line in markdown.Split('\n').SkipWhile(l => !l.StartsWith("| Project | May reference |", StringComparison.Ordinal)).Skip(2).TakeWhile(l => l.StartsWith('|')))
        {
            var cells = line.Split('|').Skip(1).Select(c => c.Trim()).ToArray();
            table._rows.Add(new(cells[0], Words(cells[1]), Words(cells[2])));
        }

        return table._rows.Count > 0 ? table : throw new InvalidDataException("docs/architecture.md has no table of references.");
    }

    /// <summary>One sentence for each reference the table does not allow.</summary>
    public IEnumerable<string> Violations(ProjectFile project)
    {
        if (_rows.Find(r => IsIn(project.Folder, r.Project)) is not { } row)
        {
            return [$"{project.Folder} stands in no row of the table."];
        }

        var projects = project.Projects.Where(p => !row.References.Any(r => IsIn(p, r))).Select(p => $"{project.Folder} may not reference {p}.");
        var packages = row.Packages.Contains(AnyPackage) ? [] : project.Packages.Except(row.Packages, StringComparer.Ordinal);
        return projects.Concat(packages.Select(p => $"{project.Folder} may not use the package {p}."));
    }

    private static bool IsIn(string folder, string room) => folder == room || folder.StartsWith(room + "/", StringComparison.Ordinal);

    private static string[] Words(string cell) => cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private sealed record Row(string Project, IReadOnlyList<string> References, IReadOnlyList<string> Packages);
}
