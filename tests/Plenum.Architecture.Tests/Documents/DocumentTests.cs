using System.Text.RegularExpressions;
using System.Xml.Linq;
using Plenum.Testing;

namespace Plenum.Architecture.Tests.Documents;

/// <summary>The documents that make claims about the code are held to them.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Root = SharedData.RepositoryRoot;

    [Fact]
    public void Each_standard_the_code_names_has_a_row()
    {
        var named = SourceFiles().SelectMany(f => Standards(File.ReadAllText(f))).Distinct().ToList();
        Assert.NotEmpty(named);
        Assert.Empty(named.Except(Rows().SelectMany(r => Standards(r[0]))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Each_row_of_the_standards_says_how_far_and_where()
    {
        var rows = Rows();
        Assert.NotEmpty(rows);
        Assert.All(rows, row =>
        {
            Assert.Contains(row[1], new[] { "Yes", "Partial", "No" });
            Assert.All(Places(row[2]), place => Assert.True(Path.Exists(Path.Combine(Root, place)), $"{row[0]}: there is no {place}"));
            Assert.True(row[1] == "No" || Places(row[2]).Length > 0, $"{row[0]}: where is it?");
        });
        Assert.Empty(rows.SelectMany(r => Standards(r[0])).CountBy(s => s).Where(s => s.Value > 1).Select(s => s.Key));
    }

    [Fact]
    public void Each_package_is_named_with_its_reason_and_used()
    {
        var pinned = XDocument.Load(Path.Combine(Root, "Directory.Packages.props")).Descendants("PackageVersion").Select(p => (string)p.Attribute("Include")!).ToList();
        var described = File.ReadAllLines(Path.Combine(Root, "docs", "dependencies.md")).Where(l => l.StartsWith("| ", StringComparison.Ordinal))
            .Select(l => l.Split('|')[1].Trim()).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(pinned.Where(p => !described.Contains(p)).Select(p => $"{p} has no row in docs/dependencies.md."));
        Assert.Empty(described.Except(pinned).Where(p => p is not ("Package" or "Program" or "---")).Select(p => $"{p} is described but not pinned."));
    }

    [Fact]
    public void The_decisions_are_numbered_without_a_gap()
    {
        var numbers = Directory.GetFiles(Path.Combine(Root, "docs", "decisions"), "*.md").Select(Path.GetFileName).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => n.ToString("D4", System.Globalization.CultureInfo.InvariantCulture)), numbers.Select(n => n![..4]));
    }

    [Fact]
    public void Each_module_has_a_README_of_one_screen_and_a_door_of_one_screen()
    {
        var modules = Directory.GetDirectories(Path.Combine(Root, "src", "Modules"));
        Assert.NotEmpty(modules);
        Assert.All(modules, module =>
        {
            var name = Path.GetFileName(module);
            Assert.True(File.Exists(Path.Combine(module, "README.md")), $"{name} has no README.md");
            Assert.InRange(File.ReadAllLines(Path.Combine(module, "README.md")).Length, 5, 80);
            Assert.InRange(File.ReadAllLines(Path.Combine(module, name + "Module.cs")).Length, 5, 140);
        });
    }

    [Fact]
    public void Each_link_between_documents_leads_somewhere()
    {
        var documents = Directory.GetFiles(Root, "*.md").Concat(Directory.GetFiles(Path.Combine(Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.GetFiles(Path.Combine(Root, "src"), "*.md", SearchOption.AllDirectories));
        Assert.Empty(documents.SelectMany(d => Link().Matches(File.ReadAllText(d)).Select(m => m.Groups["to"].Value)
            .Where(to => !to.Contains("://", StringComparison.Ordinal) && !to.StartsWith('#') && !to.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(to => !Path.Exists(Path.Combine(Path.GetDirectoryName(d)!, to.Split('#')[0])))
            .Select(to => $"{Path.GetRelativePath(Root, d)} links to {to}, which is not there.")));
    }

    [Theory]
    [InlineData("// RFC 9051 §6.4.8 and XEP-0198", "RFC 9051,XEP-0198")]
    [InlineData("RFC 5802, RFC 7677", "RFC 5802,RFC 7677")]
    [InlineData("(RFC 5801, 5802 and more)", "RFC 5801")]
    [InlineData("no standard", "")]
    public void Standards_are_found_in_text(string text, string expected) => Assert.Equal(expected, string.Join(',', Standards(text)));

    private static IEnumerable<string> SourceFiles()
        => Directory.GetFiles(Path.Combine(Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".razor", StringComparison.Ordinal));

    private static IEnumerable<string> Standards(string text) => Standard().Matches(text).Select(m => $"{m.Groups["body"].Value}{(m.Groups["body"].Value == "RFC" ? " " : "-")}{m.Groups["number"].Value}");

    private static List<string[]> Rows()
        => [.. File.ReadAllLines(Path.Combine(Root, "docs", "standards.md")).Where(l => l.StartsWith("| ", StringComparison.Ordinal) && !l.StartsWith("| Standard", StringComparison.Ordinal))
            .Select(l => l.Split('|')[1..^1].Select(c => c.Trim()).ToArray())];

    private static string[] Places(string cell) => cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\b(?<body>RFC|XEP)[ -](?<number>\d{3,5})\b")]
    private static partial Regex Standard();

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();
}
