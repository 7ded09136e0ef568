using Microsoft.EntityFrameworkCore;
using Plenum.Kernel.Audit;
using Plenum.Kernel.Data;
using Plenum.Testing;

namespace Plenum.Modules.Tests.Kernel.CommandLines;

/// <summary>The verbs as an operator types them, in processes of their own.</summary>
public sealed class KernelCommandTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_operator_builds_a_tree_fills_it_and_looks_after_the_log()
    {
        await using var database = await ScratchDatabase.EmptyAsync(DatabaseProvider.SQLite);
        var csv = Path.Combine(database.Folder, "units.csv");
        await File.WriteAllTextAsync(csv, "key,parent_key,kind,name\n09,,Land,Bayern\n09162,09,Kreis,München\n09999,77,Kreis,Verwaist\n", Cancellation);
        Assert.Equal((0, "/\n", ""), await RunAsync(database, "unit", "add", "/", "Demokratie-Partei"));
        var (code, output, errors) = await RunAsync(database, "unit", "import", csv, "--dry-run");
        Assert.Equal((3, "line 4: The unit above with the key 77 is not known; parents come before children.\n"), (code, errors));
        Assert.EndsWith("Would be: 2 added, 0 changed, 0 moved, 0 as they were, 1 refused\n", output, StringComparison.Ordinal);
        (code, output, _) = await RunAsync(database, "unit", "import", csv);
        Assert.EndsWith("2 added, 0 changed, 0 moved, 0 as they were, 1 refused\n", output, StringComparison.Ordinal);
        (code, output, _) = await RunAsync(database, "unit", "import", csv);
        Assert.EndsWith("0 added, 0 changed, 0 moved, 2 as they were, 1 refused\n", output, StringComparison.Ordinal);
        Assert.Equal((0, "", ""), await RunAsync(database, "unit", "rename", "/bayern", "Freistaat Bayern", "--slug", "freistaat"));
        Assert.Equal(
            (0, "Demokratie-Partei  [Federation]  /\n  Freistaat Bayern  [State]  /freistaat\n    München  [District]  /freistaat/muenchen\n", ""),
            await RunAsync(database, "unit", "list", "--depth", "2"));
        Assert.Equal((2, "", "plenum: There is no unit /bayern.\n"), await RunAsync(database, "unit", "close", "/bayern"));

        Assert.Equal((0, "", ""), await RunAsync(database, "account", "add", "emil", "Emil Ebner", "--email", "emil@example.org"));
        Assert.Equal((2, "", "plenum: The sign-in name emil is taken.\n"), await RunAsync(database, "account", "add", "emil", "Emil", "--email", "e@example.org"));
        Assert.Equal((0, "emil\tEmil Ebner\temil@example.org\tPerson\tActive\n", ""), await RunAsync(database, "account", "list", "emil"));
        Assert.Equal(1, (await RunAsync(database, "account", "explain", "emil", "units.edit", "--unit", "/freistaat")).Code);
        Assert.Equal((0, "", ""), await RunAsync(database, "account", "grant", "emil", "operator", "--inherit"));
        (code, output, _) = await RunAsync(database, "account", "explain", "emil", "units.edit", "--unit", "/freistaat");
        Assert.Equal((0, true), (code, output.Contains("+ The role Operator on Demokratie-Partei", StringComparison.Ordinal)));
        Assert.Equal(2, (await RunAsync(database, "account", "revoke", "emil", "operator")).Code); // The last who may grant.

        await using var kernel = TestKernel.On(database);
        await kernel.Get<AuditSealer>().SealAsync(Cancellation);
        Assert.Matches("^The audit log is whole: [1-9]", (await RunAsync(database, "audit", "verify")).Output);
        await using var db = kernel.OpenDb();
        await db.Database.ExecuteSqlRawAsync("DELETE FROM kernel_audit WHERE position = 2", Cancellation);
        (code, output, _) = await RunAsync(database, "audit", "verify");
        Assert.Equal((3, true), (code, output.StartsWith("The audit log is broken at entry 2: Removed.", StringComparison.Ordinal)));
        Assert.Equal((0, "0 read, 0 faults.\n", ""), await RunAsync(database, "blobs", "verify"));
        Assert.Equal(0, (await RunAsync(database, "search", "rebuild")).Code);
    }

    private static async Task<(int Code, string Output, string Errors)> RunAsync(ScratchDatabase database, params string[] words)
    {
        await using var verb = TestNode.Start("env", ["LANG=en_GB.UTF-8", "LC_ALL=en_GB.UTF-8", "dotnet", TestNode.Program("Plenum", "plenum"), .. words, "--data", database.Folder]);
        var (code, lines, errors) = await verb.EndAsync(Cancellation);
        return (code, string.Concat(lines.Select(l => l + "\n")), errors);
    }
}
