using Plenum.Testing;

namespace Plenum.Architecture.Tests.References;

public sealed class ReferenceTests
{
    private static readonly string Root = SharedData.RepositoryRoot;
    private static readonly ReferenceTable Table = ReferenceTable.Read(File.ReadAllText(Path.Combine(Root, "docs", "architecture.md")));

    [Fact]
    public void Every_project_references_only_what_the_table_allows()
    {
        var projects = Directory.GetFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories);
        Assert.NotEmpty(projects);
        Assert.Empty(projects.SelectMany(p => Table.Violations(ProjectFile.Read(Root, p))));
    }

    [Theory]
    [InlineData("src/Modules/Wiki", "<ProjectReference Include=\"../Mail/Plenum.Mail.csproj\" />")]
    [InlineData("src/Kernel", "<ProjectReference Include=\"../Ui/Plenum.Ui.csproj\" />")]
    [InlineData("src/Contracts", "<PackageReference Include=\"MimeKit\" />")]
    [InlineData("src/Protocols/Mail", "<ProjectReference Include=\"../../Kernel/Plenum.Kernel.csproj\" />")]
    [InlineData("src/Protocols/Voting", "<PackageReference Include=\"Microsoft.EntityFrameworkCore.Relational\" />")]
    [InlineData("src/Elsewhere", "")]
    public void And_the_table_catches_its_offenders(string folder, string reference)
        => Assert.NotEmpty(Table.Violations(ProjectFile.Parse(folder, $"<Project><ItemGroup>{reference}</ItemGroup></Project>")));
}
