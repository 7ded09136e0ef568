using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plenum.Kernel.Cli;
using Plenum.Kernel.Data;
using Plenum.Kernel.Organisation;
using Plenum.Kernel.Organisation.Import;
using Plenum.Kernel.Permissions;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.OrganisationTrees;

public sealed class UnitImportTests
{
    private const string Small = """
        ags,parent_ags,level,name,population,plz_seat
        09,,Land,Bayern (neu),,
        09162,09,Kreis,"München, Landeshauptstadt",,
        09184,09,Kreis,München,,
        09184112,09184,Gemeinde,Aschheim,,
        09162000,09162,Gemeinde,"München, Landeshauptstadt",1484226,80331
        99,77,Gemeinde,Verwaist,,
        ,09,Gemeinde,Schlüssellos,,
        88,09,Kaiserreich,Anachronistisch,,
        09188,09,Kreis,München,,
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, OnBothDatabases]
    public async Task A_dry_run_counts_and_writes_nothing_and_the_run_does_as_it_said(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await SmallParty.FoundAsync(kernel, Cancellation);
        var (planned, plannedFaults) = await ImportAsync(kernel, Small, isDryRun: true);
        Assert.Equal(6, await CountAsync(kernel));
        var (report, faults) = await ImportAsync(kernel, Small, isDryRun: false);
        Assert.Equal((new UnitImportReport(6, 0, 0, 0, 3), planned), (report, report));
        Assert.Equal([7, 8, 9], faults.Select(f => f.Line));
        Assert.Equal(plannedFaults, faults);
        var tree = await kernel.Get<Access>().TreeAsync(Cancellation);
        Assert.Equal("München", tree.Find("bayern-neu/muenchen")!.Name);
        Assert.Equal("München", tree.Find("bayern-neu/muenchen-09188")!.Name);
        Assert.Equal(OrgUnitKind.LocalBranch, tree.Find("bayern-neu/muenchen-landeshauptstadt/muenchen-landeshauptstadt")!.Kind);
    }

    [Theory, OnBothDatabases]
    public async Task A_second_run_changes_nothing_and_a_newer_file_brings_the_tree_up_to_date(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await SmallParty.FoundAsync(kernel, Cancellation);
        await ImportAsync(kernel, Small, isDryRun: false);
        Assert.Equal(new(0, 0, 0, 6, 3), (await ImportAsync(kernel, Small, isDryRun: false)).Report);
        const string Newer = "key;parent_key;kind;name\r\n09184;09;District;Landkreis München\r\n09184112;09162;LocalBranch;\"Asch\"\"heim\"\r\n";
        Assert.Equal(new(0, 1, 1, 0, 0), (await ImportAsync(kernel, Newer, isDryRun: true)).Report);
        Assert.Equal(new(0, 1, 1, 0, 0), (await ImportAsync(kernel, "\ufeff" + Newer, isDryRun: false)).Report);
        var tree = await kernel.Get<Access>().TreeAsync(Cancellation);
        Assert.Equal("Landkreis München", tree.Find("bayern-neu/muenchen")!.Name);
        Assert.Equal("Asch\"heim", tree.FindMoved("bayern-neu/muenchen/aschheim")!.Name);
        Assert.Equal("bayern-neu/muenchen-landeshauptstadt/aschheim", tree.FindMoved("bayern-neu/muenchen/aschheim")!.Path);
    }

    [Theory, OnBothDatabases]
    public async Task A_line_that_cannot_be_taken_leaves_the_others_and_its_unit_as_they_were(DatabaseProvider provider)
    {
        await using var kernel = await TestKernel.StartAsync(provider);
        await SmallParty.FoundAsync(kernel, Cancellation);
        await ImportAsync(kernel, "key,parent_key,kind,name\na,,State,Alt\nb,,State,Neu\na1,a,District,Mitte\nb1,b,District,Mitte\n", isDryRun: false);
        var (report, faults) = await ImportAsync(kernel, "key,parent_key,kind,name\na1,b,District,Mitte\na,a1,State,Alt\nb2,b,District,West\n", isDryRun: false);
        Assert.Equal((new UnitImportReport(1, 0, 0, 0, 2), 2, 3), (report, faults[0].Line, faults[1].Line));
        var tree = await kernel.Get<Access>().TreeAsync(Cancellation);
        Assert.Equal(("a1", "b1", "b2"), (await KeyAsync(kernel, "alt/mitte"), await KeyAsync(kernel, "neu/mitte"), await KeyAsync(kernel, "neu/west")));
        Assert.Equal("alt", tree.Find("alt/mitte")!.Parent!.Path);
    }

    [Theory, OnBothDatabases]
    public async Task The_administration_of_Germany_comes_in_whole(DatabaseProvider provider)
    {
        if (!SharedData.TryFind("de-admin/de_admin_tree_derived.csv", out var path))
        {
            VectorSet.ReportAbsent("unit-import");
            return;
        }

        await using var kernel = await TestKernel.StartAsync(provider);
        await kernel.InScopeAsync(s => s.GetRequiredService<UnitService>().FoundAsync("Bund", "plenum.test", "de", Cancellation));
        var (report, faults) = await ImportAsync(kernel, await File.ReadAllTextAsync(path, Cancellation), isDryRun: false);
        Assert.Empty(faults);
        Assert.Equal(new(11_450, 0, 0, 0, 0), report with { Added = 11_450 });
        var tree = await kernel.Get<Access>().TreeAsync(Cancellation);
        Assert.Equal(report.Added + 1, tree.Count);
        Assert.Equal(16, tree.Root!.Children.Count(u => u.Kind == OrgUnitKind.State));
        Assert.Equal(401, tree.Root.SelfAndDescendants().Count(u => u.Kind == OrgUnitKind.District));
        Assert.Equal(11_004, tree.Root.SelfAndDescendants().Count(u => u.Kind == OrgUnitKind.LocalBranch));
        VectorSet.Report("unit-import", report.Added, 11_450);
    }

    [Fact]
    public async Task A_quote_that_never_ends_does_not_swallow_the_file()
    {
        var broken = await Assert.ThrowsAsync<InvalidDataException>(async () => await CsvReader.ReadAsync(new StringReader("a,b\nx,\"" + new string('y', 200_000)), Cancellation).ToListAsync(Cancellation));
        Assert.StartsWith("Line 2:", broken.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_field_may_hold_separators_quotes_and_line_ends()
    {
        var records = await CsvReader.ReadAsync(new StringReader("a;b\r\n\"x;\"\"\r\ny\";z\r\n\r\nlast"), Cancellation).ToListAsync(Cancellation);
        Assert.Equal([(2, "x;\"\r\ny", "z"), (5, "last", "")], records.Select(r => (r.Line, r.Fields["a"], r.Fields["b"])));
    }

    private static async Task<(UnitImportReport Report, List<ImportFault> Faults)> ImportAsync(TestKernel kernel, string csv, bool isDryRun)
    {
        var faults = new List<ImportFault>();
        await using var db = kernel.OpenDb();
        var root = await db.Set<OrgUnit>().AsNoTracking().SingleAsync(u => u.ParentId == null, Cancellation);
        using var text = new StreamReader(new MemoryStream(Encoding.UTF8.GetBytes(csv)));
        var report = await kernel.InScopeAsync(s => s.GetRequiredService<UnitImport>().RunAsync(CsvReader.ReadAsync(text, Cancellation), root, isDryRun, faults.Add, null, Cancellation));
        return (report, faults);
    }

    private static async Task<string?> KeyAsync(TestKernel kernel, string path)
    {
        await using var db = kernel.OpenDb();
        return await db.Set<OrgUnit>().Where(u => u.Path == path).Select(u => u.ExternalKey).SingleAsync(Cancellation);
    }

    private static async Task<int> CountAsync(TestKernel kernel)
    {
        await using var db = kernel.OpenDb();
        return await db.Set<OrgUnit>().CountAsync(Cancellation);
    }
}
